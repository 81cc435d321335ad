package io.fmviz.image;

/**
 * How much of each pixel a text covers.
 *
 * @param covered {@code (height, width)}, 0 for nothing to 255 for all
 */
record Mask(int height, int width, byte[] covered) {
  static Mask empty(int height, int width) {
    return new Mask(height, width, new byte[height * width]);
  }

  void set(int row, int column) {
    covered[row * width + column] = (byte) 0xff;
  }

  int at(int row, int column) {
    return covered[row * width + column] & 0xff;
  }
}
