package io.fmviz.serve;

/** Values as bytes, from 1 for the lowest to 255 for the highest; 0 for what is no number. */
final class Levels {
  /** Bars of a histogram. */
  static final int BARS = 24;

  private static final int STEPS = 254;

  private Levels() {}

  static void write(
      float[] values, int from, int count, float low, float high, byte[] target, int at) {
    float scale = high > low ? STEPS / (high - low) : 0;
    for (int i = 0; i < count; i++) {
      float value = values[from + i];
      int level = (int) ((value - low) * scale + 1.5f);
      target[at + i] =
          (byte) (Math.abs(value) <= Float.MAX_VALUE ? Math.max(1, Math.min(255, level)) : 0);
    }
  }

  /**
   * How often values are where between two, as heights of bars: the square root of a bar's share of
   * the highest, so that few among many are seen.
   */
  static byte[] histogram(float[] values, int from, int to, float low, float high) {
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
