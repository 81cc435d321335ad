package io.fmviz.serve;

/**
 * Between what the values of each channel of a layer are; those that are NaN or infinite are left
 * out, and counted.
 *
 * @param low of a channel without a number 0, as high
 */
record Ranges(float[] low, float[] high, int[] notNumbers) {
  /**
   * Of a layer's output.
   *
   * @param values channel by channel
   */
  static Ranges of(float[] values, int channels) {
    Ranges ranges = new Ranges(new float[channels], new float[channels], new int[channels]);
    int size = values.length / channels;
    for (int c = 0; c < channels; c++) {
      ranges.add(c, values, c * size, (c + 1) * size);
    }
    return ranges;
  }

  private void add(int channel, float[] values, int from, int to) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      float value = values[i];
      if (Math.abs(value) <= Float.MAX_VALUE) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      } else {
        notNumbers[channel]++;
      }
    }
    low[channel] = least <= most ? least : 0;
    high[channel] = least <= most ? most : 0;
  }

  float lowest() {
    float least = low[0];
    for (float each : low) {
      least = Math.min(least, each);
    }
    return least;
  }

  float highest() {
    float most = high[0];
    for (float each : high) {
      most = Math.max(most, each);
    }
    return most;
  }

  long allNotNumbers() {
    long sum = 0;
    for (int each : notNumbers) {
      sum += each;
    }
    return sum;
  }
}
