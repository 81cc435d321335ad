package io.fmviz.dataset;

/**
 * A grey picture of any size.
 *
 * @param values {@code (height, width)}, row by row, the ground near 0 and the strokes near 1
 */
record GrayRaster(int height, int width, float[] values) {
  float value(int row, int column) {
    return values[row * width + column];
  }

  /** Whether all pixels are equal. */
  boolean isBlank() {
    for (float value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }
}
