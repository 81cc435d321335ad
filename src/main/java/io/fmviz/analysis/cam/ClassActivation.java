package io.fmviz.analysis.cam;

import io.fmviz.network.LinearHead;

/**
 * What each position adds to a logit, exactly: class activation maps (Zhou et al. 2016).
 *
 * @param map the contributions: {@code (sum over k of weight_ck * a_k(position)) / positions}
 * @param contributions their sum
 * @param bias what is added to them
 */
public record ClassActivation(PositionMap map, double contributions, double bias) {
  /** Of one class. */
  public static ClassActivation of(LinearHead head, LayerMaps maps, int label) {
    double[] weights = head.weights(label);
    for (int k = 0; k < weights.length; k++) {
      weights[k] /= maps.positions();
    }
    double[] values = maps.weighed(weights);
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return new ClassActivation(
        PositionMap.of(maps, values, maps.magnitude(weights)), sum, head.bias(label));
  }

  /** Contributions and bias: the logit, but for rounding. */
  public double sum() {
    return contributions + bias;
  }
}
