package io.fmviz.analysis;

/** How the kernels of one output channel, one for each input channel, become a single one. */
public enum KernelReduction {
  /** The mean over the input channels. */
  MEAN,
  /**
   * The value of the largest magnitude over the input channels, with its sign; the first of equals,
   * and NaN if any is.
   */
  MAX_ABS;

  /**
   * Reduces a convolution's weight.
   *
   * @param weight {@code (out, in, height, width)}, row by row
   * @param size {@code height * width}
   * @return {@code (out, height, width)}
   */
  public float[] apply(float[] weight, int out, int in, int size) {
    float[] reduced = new float[out * size];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < size; i++) {
        reduced[o * size + i] = reduce(weight, o * in * size + i, in, size);
      }
    }
    return reduced;
  }

  private float reduce(float[] weight, int from, int count, int step) {
    double sum = 0;
    float largest = weight[from];
    for (int k = 0; k < count; k++) {
      float value = weight[from + k * step];
      sum += value;
      largest = Math.abs(value) > Math.abs(largest) || Float.isNaN(value) ? value : largest;
    }
    return this == MEAN ? (float) (sum / count) : largest;
  }
}
