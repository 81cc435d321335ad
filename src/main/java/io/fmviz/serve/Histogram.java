package io.fmviz.serve;

/** How often which value is. */
final class Histogram {
  /** Its bars. */
  private static final int BARS = 24;

  private Histogram() {}

  /**
   * How often values are where between two, as heights of bars: the square root of a bar's share of
   * the highest, so that few among many are seen.
   */
  static byte[] of(float[] values, int from, int to, float low, float high) {
    int[] counts = new int[BARS];
    float scale = high > low ? BARS / (high - low) : 0;
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
