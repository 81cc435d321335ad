package io.fmviz.dataset;

import io.fmviz.base.Exact;

/**
 * An image for people to look at.
 *
 * @param channels 1 for grey, 3 for red, green and blue
 * @param values {@code (height, width, channels)}, row by row, as unsigned bytes from 0, black, to
 *     255
 */
public record Picture(int channels, int height, int width, byte[] values) {
  public Picture {
    if ((channels != 1 && channels != 3)
        || values.length != Exact.product((long) channels, height, width)) {
      throw new IllegalArgumentException(
          "%d values are no picture of %d x %d with %d channels"
              .formatted(values.length, height, width, channels));
    }
  }

  /** One value of one pixel, from 0 to 255. */
  public int value(int row, int column, int channel) {
    return values[(row * width + column) * channels + channel] & 0xff;
  }
}
