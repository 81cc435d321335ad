package io.fmviz.serve;

import io.fmviz.image.MapBytes;

/**
 * Maps no larger than is shown: each value is the mean of a square of the map's.
 *
 * @param values {@code (height, width)}, row by row
 */
record Shrunk(int height, int width, float[] values) {
  /**
   * One map, of which no side is longer than {@code most}.
   *
   * @param from where it begins
   */
  static Shrunk of(float[] values, int from, int height, int width, int most) {
    int step = step(height, width, most);
    int rows = (height + step - 1) / step;
    int columns = (width + step - 1) / step;
    float[] means = new float[rows * columns];
    MapBytes.shrink(values, from, height, width, step, means);
    return new Shrunk(rows, columns, means);
  }

  static int step(int height, int width, int most) {
    return (Math.max(height, width) + most - 1) / most;
  }

  /** The mean of all channels at each place; of those values that are numbers. */
  static float[] meanOfChannels(float[] values, int channels) {
    int size = values.length / channels;
    float[] means = new float[size];
    for (int c = 0; c < channels; c++) {
      for (int i = 0, at = c * size; i < size; i++, at++) {
        float value = values[at];
        means[i] += Math.abs(value) <= Float.MAX_VALUE ? value : 0;
      }
    }
    for (int i = 0; i < size; i++) {
      means[i] /= channels;
    }
    return means;
  }
}
