package io.fmviz.serve;

import io.fmviz.image.MapRange;

/** How often which value is. */
final class Histogram {
  /** Its bars. */
  static final int BARS = 24;

  private Histogram() {}

  /**
   * How often values are where in their range, as heights of bars: the square root of a bar's share
   * of the highest, so that few among many are seen. Non-finite values are in no bar.
   */
  static byte[] of(float[] values, int from, int to, MapRange range) {
    float low = range.minimum();
    float high = range.maximum();
    int[] counts = new int[BARS];
    // In float64, where the difference of two float32 is always finite.
    double scale = high > low ? BARS / ((double) high - low) : 0;
    for (int i = from; i < to; i++) {
      float value = values[i];
      if (value >= low && value <= high) {
        counts[Math.min(BARS - 1, (int) ((value - low) * scale))]++;
      }
    }
    int most = 1;
    for (int count : counts) {
      most = Math.max(most, count);
    }
    byte[] heights = new byte[BARS];
    for (int i = 0; i < BARS; i++) {
      heights[i] = (byte) Math.ceil(255 * Math.sqrt((double) counts[i] / most));
    }
    return heights;
  }
}
