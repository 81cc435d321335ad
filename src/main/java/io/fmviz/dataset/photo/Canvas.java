package io.fmviz.dataset.photo;

import io.fmviz.base.Exact;

/** White, to which pixels are added, row by row. */
final class Canvas {
  private static final int OPAQUE = 255;

  private final byte[] values;
  private final int height;
  private final int width;
  private final int channels;
  private int at;
  private boolean isTransparent;

  Canvas(int height, int width, int channels) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.values = new byte[Exact.product(height, width, channels)];
  }

  /** Adds one value. What is transparent lets white through, rounded as Pillow's paste does. */
  void add(int value, int alpha) {
    if (alpha == OPAQUE) {
      values[at++] = (byte) value;
    } else {
      isTransparent = true;
      values[at++] = (byte) divided(value * alpha + 255 * (255 - alpha));
    }
  }

  /** Adds a pixel of three channels, as {@code 0xAARRGGBB}. */
  void addColor(int argb) {
    int alpha = argb >>> 24;
    add((argb >> 16) & 0xff, alpha);
    add((argb >> 8) & 0xff, alpha);
    add(argb & 0xff, alpha);
  }

  /** A product of two bytes divided by 255, rounded (Pillow's MULDIV255). */
  static int divided(int product) {
    int rounded = product + 128;
    return ((rounded >> 8) + rounded) >> 8;
  }

  Flattened flattened() {
    return new Flattened(Pixels.of(values, height, width, channels), isTransparent, null);
  }
}
