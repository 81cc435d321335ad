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
