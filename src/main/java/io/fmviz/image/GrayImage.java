package io.fmviz.image;

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

  /** Every pixel as a square of {@code factor} by {@code factor}: nearest-neighbour scaling. */
  public GrayImage scaled(int factor) {
    return new GrayImage(
        Math.multiplyExact(height, factor),
        Math.multiplyExact(width, factor),
        NearestNeighbour.scaled(pixels, height, width, 1, factor));
  }

  byte[] pixels() {
    return pixels;
  }
}
