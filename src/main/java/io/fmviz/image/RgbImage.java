package io.fmviz.image;

/** A picture of 8-bit colours, {@code (height, width, 3)}, row by row, red, green, blue. */
public final class RgbImage {
  static final int CHANNELS = 3;

  private final int height;
  private final int width;
  private final byte[] pixels;

  /** Takes the pixels as they are, without a copy. */
  public RgbImage(int height, int width, byte[] pixels) {
    if (pixels.length != (long) height * width * CHANNELS) {
      throw new IllegalArgumentException(
          "%d bytes are not %d x %d colours".formatted(pixels.length, height, width));
    }
    this.height = height;
    this.width = width;
    this.pixels = pixels;
  }

  /** A grey picture in colour: three equal channels. */
  public static RgbImage of(GrayImage gray) {
    byte[] pixels = new byte[Math.multiplyExact(CHANNELS, gray.pixels().length)];
    int to = 0;
    for (byte grey : gray.pixels()) {
      pixels[to++] = grey;
      pixels[to++] = grey;
      pixels[to++] = grey;
    }
    return new RgbImage(gray.height(), gray.width(), pixels);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** The colour of one pixel, {@code 0xrrggbb}. */
  public int pixel(int row, int column) {
    int at = (row * width + column) * CHANNELS;
    return (pixels[at] & 0xff) << 16 | (pixels[at + 1] & 0xff) << 8 | (pixels[at + 2] & 0xff);
  }

  byte[] pixels() {
    return pixels;
  }
}
