package io.fmviz.dataset;

/**
 * Takes the ground out of a picture of strokes: a photograph's paper is neither black nor evenly
 * lit. Otsu's threshold ("A Threshold Selection Method from Gray-Level Histograms", 1979) tells
 * ground from strokes; what lies up to three times the ground's median deviation above its median
 * becomes 0, the largest value 1. On an even ground, such as MNIST's, values are merely stretched.
 */
final class Contrast {
  private static final int BINS = 256;
  private static final int SPREAD = 3;

  private Contrast() {}

  /**
   * The picture with its ground at 0 and its strokes up to 1.
   *
   * @param picture not blank
   */
  static GrayRaster of(GrayRaster picture) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : picture.values()) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    float[] values = new float[picture.values().length];
    int[] histogram = new int[BINS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (picture.values()[i] - low) / (high - low);
      histogram[bin(values[i])]++;
    }
    float ground = ground(histogram) / (float) (BINS - 1);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, (values[i] - ground) / (1 - ground));
    }
    return new GrayRaster(picture.height(), picture.width(), values);
  }

  private static int bin(float value) {
    return Math.round(value * (BINS - 1));
  }

  /** The bin up to which all is ground, below that of the largest value. */
  private static int ground(int[] histogram) {
    int threshold = otsu(histogram);
    int median = median(histogram, threshold);
    int[] deviations = new int[BINS];
    for (int bin = 0; bin <= threshold; bin++) {
      deviations[Math.abs(bin - median)] += histogram[bin];
    }
    return Math.min(threshold, median + SPREAD * median(deviations, threshold));
  }

  /** The last bin of the ground: where the variance between ground and strokes is largest. */
  private static int otsu(int[] histogram) {
    double all = 0;
    double sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      all += histogram[bin];
      sum += (double) bin * histogram[bin];
    }
    int best = 0;
    double bestVariance = -1;
    double below = 0;
    double sumBelow = 0;
    // The bin of the largest value is never empty, so there are strokes above every other.
    for (int bin = 0; bin < BINS - 1; bin++) {
      below += histogram[bin];
      sumBelow += (double) bin * histogram[bin];
      double difference = sumBelow / below - (sum - sumBelow) / (all - below);
      double variance = below * (all - below) * difference * difference;
      if (variance > bestVariance) {
        bestVariance = variance;
        best = bin;
      }
    }
    return best;
  }

  /** The median bin of those from 0 to {@code last}. */
  private static int median(int[] histogram, int last) {
    long count = 0;
    for (int bin = 0; bin <= last; bin++) {
      count += histogram[bin];
    }
    long before = 0;
    for (int bin = 0; bin < last; bin++) {
      before += histogram[bin];
      if (2 * before >= count) {
        return bin;
      }
    }
    return last;
  }
}
