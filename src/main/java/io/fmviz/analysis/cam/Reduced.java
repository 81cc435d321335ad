package io.fmviz.analysis.cam;

import java.util.Arrays;

/** Maps made into one whatever the class. */
public final class Reduced {
  private Reduced() {}

  /** Each position's mean over the channels. */
  public static PositionMap mean(LayerMaps maps) {
    double[] weights = new double[maps.channels()];
    Arrays.fill(weights, 1.0 / maps.channels());
    return PositionMap.of(maps, maps.weighed(weights), maps.magnitude(weights));
  }

  /** Each position's largest value of all channels; NaN where one is. */
  public static PositionMap max(LayerMaps maps) {
    double[] largest = new double[maps.positions()];
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    double magnitude = 0;
    for (int k = 0; k < maps.channels(); k++) {
      for (int p = 0; p < largest.length; p++) {
        largest[p] = Math.max(largest[p], maps.at(k, p));
      }
    }
    for (double value : largest) {
      magnitude = Double.isFinite(value) ? Math.max(magnitude, Math.abs(value)) : magnitude;
    }
    return PositionMap.of(maps, largest, magnitude);
  }

  /**
   * The first principal component over positions: each position's vector of channels, less their
   * mean over the positions, along the direction in which these vary most. Its sign is such that it
   * goes with the mean map. NaN everywhere if any value is NaN or infinite.
   */
  public static PositionMap eigen(LayerMaps maps) {
    double[][] centred = centred(maps);
    double[] component = PrincipalComponent.of(centred);
    double along = 0;
    double magnitude = 0;
    for (int p = 0; p < component.length; p++) {
      double mean = 0;
      double length = 0;
      for (int k = 0; k < maps.channels(); k++) {
        mean += centred[p][k];
        length += maps.at(k, p) * maps.at(k, p);
      }
      along += component[p] * mean;
      magnitude = Math.max(magnitude, Math.sqrt(length));
    }
    for (int p = 0; along < 0 && p < component.length; p++) {
      component[p] = -component[p];
    }
    return PositionMap.of(maps, component, magnitude);
  }

  /** {@code (positions, channels)}, less each channel's mean. */
  private static double[][] centred(LayerMaps maps) {
    double[][] centred = new double[maps.positions()][maps.channels()];
    for (int k = 0; k < maps.channels(); k++) {
      double mean = 0;
      for (int p = 0; p < centred.length; p++) {
        mean += maps.at(k, p) / centred.length;
      }
      for (int p = 0; p < centred.length; p++) {
        centred[p][k] = maps.at(k, p) - mean;
      }
    }
    return centred;
  }
}
