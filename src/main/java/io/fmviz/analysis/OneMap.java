package io.fmviz.analysis;

/** Numbers of one map, which lies in an array between two places. */
final class OneMap {
  private OneMap() {}

  /**
   * The sum of a map: NaN or infinite if any of its values is. Four sums side by side, as each
   * addition waits for the one before it: in one, it takes three times as long.
   */
  static double total(float[] values, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i < to - 3; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < to; i++) {
      a += values[i];
    }
    return (a + b) + (c + d);
  }

  /** At how many pixels it is anything but zero; NaN is. */
  static int notZero(float[] values, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += values[i] != 0 ? 1 : 0;
    }
    return count;
  }

  /** At how many pixels it is above something; NaN is not. */
  static int above(float threshold, float[] values, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += values[i] > threshold ? 1 : 0;
    }
    return count;
  }
}
