package io.fmviz.image;

import java.util.Arrays;

/** A picture of 8-bit greys, {@code (height, width)}, row by row, 0 black to 255 white. */
public final class GrayImage {
  private final int height;
  private final int width;
  private final byte[] pixels;

  /** Takes the pixels as they are, without a copy; what lies behind the last is not looked at. */
  GrayImage(int height, int width, byte[] pixels) {
    if (pixels.length < height * width) {
      throw new IllegalArgumentException(
          "%d pixels are not %d x %d".formatted(pixels.length, height, width));
    }
    this.height = height;
    this.width = width;
    this.pixels = pixels;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** The grey of one pixel, 0 to 255. */
  public int pixel(int row, int column) {
    return pixels[row * width + column] & 0xff;
  }

  /**
   * Every pixel as a square of {@code factor} by {@code factor}: nearest-neighbour scaling.
   *
   * @throws io.fmviz.base.UserException if there would be too many pixels
   */
  public GrayImage scaled(int factor) {
    PictureSize.check((long) height * factor, (long) width * factor);
    int scaledWidth = width * factor;
    byte[] scaled = new byte[height * factor * scaledWidth];
    for (int y = 0; y < height; y++) {
      int begin = y * factor * scaledWidth;
      for (int x = 0; x < width; x++) {
        int from = begin + x * factor;
        Arrays.fill(scaled, from, from + factor, pixels[y * width + x]);
      }
      for (int i = 1; i < factor; i++) {
        System.arraycopy(scaled, begin, scaled, begin + i * scaledWidth, scaledWidth);
      }
    }
    return new GrayImage(height * factor, scaledWidth, scaled);
  }

  byte[] pixels() {
    return pixels;
  }
}
