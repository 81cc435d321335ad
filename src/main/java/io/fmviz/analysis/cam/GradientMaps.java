package io.fmviz.analysis.cam;

/** Maps made into one by the gradients of a value. What is below zero speaks against it: zero. */
final class GradientMaps {
  private GradientMaps() {}

  /**
   * The map.
   *
   * @param slopes the gradient by each value of the maps
   */
  static PositionMap of(CamMethod method, LayerMaps maps, float[] slopes) {
    double[] weights = weights(method, maps, slopes);
    if (weights.length > 0) {
      return PositionMap.aboveZero(maps, maps.weighed(weights), maps.magnitude(weights));
    }
    boolean isLayerCam = method == CamMethod.LAYERCAM;
    double[] sums = new double[maps.positions()];
    double[] magnitudes = new double[maps.positions()];
    for (int i = 0; i < slopes.length; i++) {
      double slope = isLayerCam ? Math.max(0, slopes[i]) : slopes[i];
      double term = slope * maps.values()[i];
      sums[i % sums.length] += term;
      magnitudes[i % sums.length] += Math.abs(term);
    }
    double magnitude = 0;
    for (double one : magnitudes) {
      magnitude = Double.isFinite(one) ? Math.max(magnitude, one) : magnitude;
    }
    return PositionMap.aboveZero(maps, sums, magnitude);
  }

  /** One for each map; none where each value has its own. */
  private static double[] weights(CamMethod method, LayerMaps maps, float[] slopes) {
    if (method != CamMethod.GRADCAM && method != CamMethod.GRADCAM_PLUS_PLUS) {
      return new double[0];
    }
    double[] weights = new double[maps.channels()];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = method == CamMethod.GRADCAM ? mean(maps, slopes, k) : plusPlus(maps, slopes, k);
    }
    return weights;
  }

  private static double mean(LayerMaps maps, float[] slopes, int channel) {
    double sum = 0;
    for (int p = 0; p < maps.positions(); p++) {
      sum += slopes[channel * maps.positions() + p];
    }
    return sum / maps.positions();
  }

  /**
   * The sum over positions of {@code alpha * max(0, g)}, alpha being {@code g^2 / (2 g^2 + sum(A)
   * g^3)}, of the exponential of the value, whose factor the paper's equation 19 leaves out; zero
   * where that is no number.
   */
  private static double plusPlus(LayerMaps maps, float[] slopes, int channel) {
    double all = 0;
    for (int p = 0; p < maps.positions(); p++) {
      all += maps.at(channel, p);
    }
    double sum = 0;
    for (int p = 0; p < maps.positions(); p++) {
      double g = slopes[channel * maps.positions() + p];
      double below = 2 + all * g;
      sum += g > 0 && below != 0 ? g / below : 0;
    }
    return sum;
  }
}
