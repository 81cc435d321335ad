package io.fmviz.serve;

import io.fmviz.network.LinearHead;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Scores;
import java.util.ArrayList;
import java.util.List;

/**
 * A network's end, where that is a mean over positions and one linear layer: the mean of each map
 * times a class's weight, for all maps, and a bias: the class's logit.
 */
final class LastStep {
  private final LinearHead head;
  private final ServedLayers layers;
  private final boolean areLogits;

  /**
   * What makes the logits.
   *
   * @param layer whose maps are averaged
   * @param means where the means are, one float32 a map
   */
  record Facts(int layer, int means, List<ClassSum> classes) {}

  /**
   * A class's sum.
   *
   * @param weights where what each mean is multiplied by is, one float32 a map
   * @param bias what is added
   * @param logit as the network answered it; null where it answers something else
   */
  record ClassSum(int label, int weights, double bias, Float logit) {}

  LastStep(LinearHead head, ServedLayers layers, Scores scores) {
    this.head = head;
    this.layers = layers;
    this.areLogits = scores == Scores.LOGITS || scores == Scores.LABEL_LOGITS;
  }

  /** Null where the network ends otherwise. */
  static LastStep of(Network network, ServedLayers layers) {
    return network.classes() == 0
        ? null
        : network
            .head()
            .filter(head -> layers.number(head.node()) != null)
            .map(head -> new LastStep(head, layers, network.scores()))
            .orElse(null);
  }

  Node node() {
    return head.node();
  }

  /** For some classes, {@code 7,1,3}. */
  Reply of(ForwardPass pass, List<Integer> classes) {
    Packed packed = new Packed();
    int means = packed.add(means(pass.outputs().get(head.node())));
    List<ClassSum> sums = new ArrayList<>();
    for (int label : classes) {
      double[] weights = head.weights(label);
      float[] sent = new float[weights.length];
      for (int k = 0; k < sent.length; k++) {
        sent[k] = (float) weights[k];
      }
      sums.add(
          new ClassSum(
              label,
              packed.add(sent),
              head.bias(label),
              areLogits ? Float.valueOf(pass.logits()[label]) : null));
    }
    return packed.reply(new Facts(layers.number(head.node()), means, sums));
  }

  private float[] means(float[] values) {
    int maps = head.node().channels();
    int size = values.length / maps;
    float[] means = new float[maps];
    for (int map = 0; map < maps; map++) {
      double sum = 0;
      for (int i = map * size; i < (map + 1) * size; i++) {
        sum += values[i];
      }
      means[map] = (float) (sum / size);
    }
    return means;
  }
}
