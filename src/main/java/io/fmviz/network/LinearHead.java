package io.fmviz.network;

/**
 * The end of a network whose logits are a mean over positions and one linear layer: of {@code K}
 * maps a_k with {@code N} positions each, {@code logit_c = bias_c + sum over k of weight_ck * (sum
 * over positions of a_k) / N}.
 *
 * @param node whose maps are averaged, {@code (K, height, width)}
 * @param weight {@code (classes, K)}, row by row; null where a map's mean is the logit itself
 * @param bias one for each class; null for none
 */
public record LinearHead(Node node, float[] weight, float[] bias) {
  /** Of a network where each map's mean is a class's logit, as in SqueezeNet. */
  public static LinearHead ofMeans(Node node) {
    return new LinearHead(node, null, null);
  }

  /**
   * Of two classes, of which the second has the one value that this is of.
   *
   * @param sum of both: 0 where they are logits, -z and z; 1 where they are probabilities
   */
  public LinearHead ofTwo(float sum) {
    float[] own = weight == null ? new float[] {1} : weight;
    float[] two = new float[2 * own.length];
    for (int k = 0; k < own.length; k++) {
      two[k] = -own[k];
      two[own.length + k] = own[k];
    }
    float rest = bias == null ? 0 : bias[0];
    boolean isNone = bias == null && sum == 0;
    return new LinearHead(node, two, isNone ? null : new float[] {sum - rest, rest});
  }

  /** What each map's mean is multiplied by for a class. */
  public double[] weights(int label) {
    double[] weights = new double[node.channels()];
    if (weight == null) {
      weights[label] = 1;
      return weights;
    }
    for (int k = 0; k < weights.length; k++) {
      weights[k] = weight[label * weights.length + k];
    }
    return weights;
  }

  /** What is added for a class. */
  public double bias(int label) {
    return bias == null ? 0 : bias[label];
  }
}
