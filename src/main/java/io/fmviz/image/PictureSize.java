package io.fmviz.image;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Numbers;
import io.fmviz.base.Settings;

/** How large a picture may be. What is larger is refused before memory is asked for. */
final class PictureSize {
  /** 16,384 x 16,384 pixels, 805 MB in colour; three bytes for each still have an int's index. */
  private static final long MOST_PIXELS = 1L << 28;

  private PictureSize() {}

  /**
   * Checks a size, both sides at least 1; its sides and bytes fit ints if it is taken.
   *
   * @throws InvalidValueException if there would be too many pixels
   */
  static void check(long height, long width) {
    if (height > MOST_PIXELS / width) {
      throw new InvalidValueException(
          "a picture would be %s wide and %,d high, more than fmviz draws: %s"
              .formatted(
                  Numbers.count(width, "pixel"),
                  height,
                  Settings.named("take a smaller {scale} or {padding}, or fewer images")));
    }
  }
}
