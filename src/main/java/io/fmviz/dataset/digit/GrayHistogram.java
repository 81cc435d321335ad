package io.fmviz.dataset.digit;

/** A histogram of grey levels in [0, 1]: its quantiles and Otsu's threshold. */
final class GrayHistogram {
  private static final int BINS = 1024;

  private final int[] histogram = new int[BINS];
  private int count;

  /** The histogram of the values larger than {@code least}. */
  static GrayHistogram above(float least, float[] values) {
    GrayHistogram levels = new GrayHistogram();
    for (float value : values) {
      if (value > least) {
        levels.add(value);
      }
    }
    return levels;
  }

  void add(float value) {
    histogram[Math.round(Math.max(0, Math.min(1, value)) * (BINS - 1))]++;
    count++;
  }

  int count() {
    return count;
  }

  /** The level below which a share of the values lies. */
  float quantile(double share) {
    return quantile(share, BINS - 1) / (float) (BINS - 1);
  }

  private int quantile(double share, int last) {
    long all = 0;
    for (int bin = 0; bin <= last; bin++) {
      all += histogram[bin];
    }
    long below = 0;
    for (int bin = 0; bin < last; bin++) {
      below += histogram[bin];
      if (below > 0 && below >= share * all) {
        return bin;
      }
    }
    return last;
  }

  /** The median of the values up to a level. */
  float medianTo(float level) {
    return quantile(0.5, Math.round(level * (BINS - 1))) / (float) (BINS - 1);
  }

  /** The median absolute deviation of the values up to a level. */
  float deviationTo(float level) {
    int last = Math.round(level * (BINS - 1));
    int median = quantile(0.5, last);
    GrayHistogram distances = new GrayHistogram();
    for (int bin = 0; bin <= last; bin++) {
      distances.histogram[Math.abs(bin - median)] += histogram[bin];
    }
    return distances.quantile(0.5);
  }

  /**
   * Otsu's threshold: the last level of the darker class where the between-class variance is
   * largest ("A Threshold Selection Method from Gray-Level Histograms", 1979).
   */
  float threshold() {
    double sum = 0;
    int last = 0;
    for (int bin = 0; bin < BINS; bin++) {
      sum += (double) bin * histogram[bin];
      last = histogram[bin] > 0 ? bin : last;
    }
    int best = 0;
    double bestVariance = -1;
    double below = 0;
    double sumBelow = 0;
    for (int bin = 0; bin < last; bin++) {
      below += histogram[bin];
      sumBelow += (double) bin * histogram[bin];
      if (below == 0) {
        continue;
      }
      double difference = sumBelow / below - (sum - sumBelow) / (count - below);
      double variance = below * (count - below) * difference * difference;
      if (variance > bestVariance) {
        bestVariance = variance;
        best = bin;
      }
    }
    return best / (float) (BINS - 1);
  }
}
