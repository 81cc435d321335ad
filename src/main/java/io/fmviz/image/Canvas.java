package io.fmviz.image;

/** A picture in the making. What lies beyond its edges is not drawn. Colours are 0xrrggbb. */
final class Canvas {
  private final int height;
  private final int width;
  private final byte[] pixels;

  /**
   * A canvas of one colour.
   *
   * @throws io.fmviz.base.UserException if there would be too many pixels
   */
  Canvas(long height, long width, int color) {
    PictureSize.check(height, width);
    this.height = (int) height;
    this.width = (int) width;
    this.pixels = new byte[this.height * this.width * RgbImage.CHANNELS];
    fill(0, 0, this.height, this.width, color);
  }

  void set(int row, int column, int color) {
    if (row >= 0 && row < height && column >= 0 && column < width) {
      int at = (row * width + column) * RgbImage.CHANNELS;
      pixels[at] = (byte) (color >> 16);
      pixels[at + 1] = (byte) (color >> 8);
      pixels[at + 2] = (byte) color;
    }
  }

  void fill(int top, int left, int rows, int columns, int color) {
    for (int row = top; row < top + rows; row++) {
      for (int column = left; column < left + columns; column++) {
        set(row, column, color);
      }
    }
  }

  /** Draws a frame around a rectangle, outside of it. */
  void frame(int top, int left, int rows, int columns, int thickness, int color) {
    int outerWidth = columns + 2 * thickness;
    fill(top - thickness, left - thickness, thickness, outerWidth, color);
    fill(top + rows, left - thickness, thickness, outerWidth, color);
    fill(top, left - thickness, rows, thickness, color);
    fill(top, left + columns, rows, thickness, color);
  }

  /** Draws a picture with every pixel as a square of {@code scale} by {@code scale}. */
  void draw(RgbImage image, int scale, int top, int left) {
    if (scale == 1 && has(top, left, image.height(), image.width())) {
      int rowBytes = image.width() * RgbImage.CHANNELS;
      for (int row = 0; row < image.height(); row++) {
        int to = ((top + row) * width + left) * RgbImage.CHANNELS;
        System.arraycopy(image.pixels(), row * rowBytes, pixels, to, rowBytes);
      }
      return;
    }
    for (int row = 0; row < image.height(); row++) {
      for (int column = 0; column < image.width(); column++) {
        int color = image.pixel(row, column);
        fill(top + row * scale, left + column * scale, scale, scale, color);
      }
    }
  }

  private boolean has(int top, int left, int rows, int columns) {
    return top >= 0 && left >= 0 && top + rows <= height && left + columns <= width;
  }

  void text(BitmapFont font, String text, int top, int left, int color) {
    int at = left;
    for (Mask mask : font.masks(text)) {
      for (int row = 0; row < mask.height(); row++) {
        for (int column = 0; column < mask.width(); column++) {
          mix(top + row, at + column, color, mask.at(row, column));
        }
      }
      at += mask.width();
    }
  }

  private void mix(int row, int column, int color, int share) {
    if (share > 0 && row >= 0 && row < height && column >= 0 && column < width) {
      int at = (row * width + column) * RgbImage.CHANNELS;
      for (int c = 0; c < RgbImage.CHANNELS; c++) {
        int below = pixels[at + c] & 0xff;
        int above = (color >> (8 * (2 - c))) & 0xff;
        pixels[at + c] = (byte) (below + (above - below) * share / 255);
      }
    }
  }

  /** The picture; the canvas must not be drawn on after. */
  RgbImage image() {
    return new RgbImage(height, width, pixels);
  }
}
