package io.fmviz.dataset.file;

import io.fmviz.base.Exact;
import io.fmviz.base.UserException;
import java.nio.file.Path;

/**
 * How large a picture may be: a file of some kilobytes can claim billions of pixels.
 *
 * @param side of its longer side: longer rows would not be decoded, but only fill memory
 */
record PictureLimit(long pixels, int side) {
  /** All of it in memory: more than most cameras make. */
  static final PictureLimit WHOLE = new PictureLimit(64_000_000, 30_000);

  /** Of a JPEG, which is decoded in one go. */
  static final PictureLimit WHOLE_JPEG = new PictureLimit(128_000_000, 30_000);

  /** A strip of it in memory. */
  static final PictureLimit STRIPS = new PictureLimit(1_000_000_000, 100_000);

  boolean holds(int height, int width) {
    return Exact.product((long) width, height) <= pixels && Math.max(width, height) <= side;
  }

  /**
   * Refuses what is larger.
   *
   * @param kind of pictures with that limit, behind the number; empty for all
   */
  void require(Path file, int height, int width, String kind) {
    if (!holds(height, width)) {
      throw new UserException(
          "%s is %d x %d pixels: at most %,d million%s, %,d in a row, are taken; make it smaller"
              .formatted(file, width, height, pixels / 1_000_000, kind, side));
    }
  }
}
