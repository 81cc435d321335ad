package io.fmviz.image;

import java.util.List;

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

  /** A picture at the beginning of memory that may be used again. */
  static RgbImage in(byte[] memory, int height, int width) {
    return new RgbImage(memory, height, width);
  }

  private RgbImage(byte[] memory, int height, int width) {
    this.height = height;
    this.width = width;
    this.pixels = memory;
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

  /** Pictures below each other, at the left, on white. */
  public static RgbImage stacked(List<RgbImage> pictures) {
    int width = pictures.stream().mapToInt(RgbImage::width).max().orElseThrow();
    long height = pictures.stream().mapToLong(RgbImage::height).sum();
    Canvas canvas = new Canvas(height, width, 0xffffff);
    int top = 0;
    for (RgbImage picture : pictures) {
      canvas.draw(picture, 1, top, 0);
      top += picture.height();
    }
    return canvas.image();
  }

  /**
   * The same with a frame around a rectangle of it, outside of that, and a white one around the
   * frame.
   */
  public RgbImage framed(int top, int left, int rows, int columns, int color) {
    Canvas canvas = new Canvas(height, width, 0);
    canvas.draw(this, 1, 0, 0);
    canvas.frame(top, left, rows, columns, 1, color);
    canvas.frame(top - 1, left - 1, rows + 2, columns + 2, 1, 0xffffff);
    return canvas.image();
  }

  /**
   * The same, made smaller so that neither side is longer; as it is where none is. A pixel is the
   * mean of those that it stands for.
   */
  public RgbImage within(int most) {
    int longer = Math.max(height, width);
    if (longer <= most) {
      return this;
    }
    int rows = Math.max(1, Math.round(height * (float) most / longer));
    int columns = Math.max(1, Math.round(width * (float) most / longer));
    byte[] small = new byte[rows * columns * CHANNELS];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        for (int c = 0; c < CHANNELS; c++) {
          small[(y * columns + x) * CHANNELS + c] =
              mean(y * height / rows, (y + 1) * height / rows, x, columns, c);
        }
      }
    }
    return new RgbImage(rows, columns, small);
  }

  private byte mean(int top, int bottom, int column, int columns, int channel) {
    int left = column * width / columns;
    int right = (column + 1) * width / columns;
    int sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += pixels[(y * width + x) * CHANNELS + channel] & 0xff;
      }
    }
    int count = (bottom - top) * (right - left);
    return (byte) ((sum + count / 2) / count);
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
