package io.fmviz.analysis.cam;

import io.fmviz.network.Node;

/**
 * A layer's output for one image.
 *
 * @param values {@code (channels, height, width)}, row by row
 */
public record LayerMaps(int channels, int height, int width, float[] values) {
  public LayerMaps {
    if (values.length != (long) channels * height * width || values.length == 0) {
      throw new IllegalArgumentException(
          "%d values are not %d maps of %d x %d".formatted(values.length, channels, height, width));
    }
  }

  /** What a node made. */
  public static LayerMaps of(Node node, float[] values) {
    return new LayerMaps(node.channels(), node.height(), node.width(), values);
  }

  int positions() {
    return height * width;
  }

  double at(int channel, int position) {
    return values[channel * positions() + position];
  }

  /** The sum of all maps, each times a weight: a value for each position. */
  double[] weighed(double[] weights) {
    double[] sums = new double[positions()];
    for (int k = 0; k < channels; k++) {
      for (int p = 0; p < sums.length; p++) {
        sums[p] += weights[k] * at(k, p);
      }
    }
    return sums;
  }

  /** The largest such sum of magnitudes: what rounding errors of the sums are measured by. */
  double magnitude(double[] weights) {
    double largest = 0;
    for (int p = 0; p < positions(); p++) {
      double sum = 0;
      for (int k = 0; k < channels; k++) {
        sum += Math.abs(weights[k] * at(k, p));
      }
      largest = Double.isFinite(sum) ? Math.max(largest, sum) : largest;
    }
    return largest;
  }
}
