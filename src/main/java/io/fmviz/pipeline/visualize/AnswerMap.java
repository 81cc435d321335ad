package io.fmviz.pipeline.visualize;

import io.fmviz.analysis.cam.ClassActivation;
import io.fmviz.analysis.cam.LayerMaps;
import io.fmviz.image.MapBytes;
import io.fmviz.network.LinearHead;
import io.fmviz.network.Logits;
import io.fmviz.network.Network;
import io.fmviz.pipeline.FeatureMaps;
import java.util.List;

/**
 * What each position of the last maps adds to the class that is predicted, as {@code cam} finds it:
 * for networks whose logits are a mean over positions and one linear layer, where all maps of that
 * layer are wanted anyway.
 *
 * @param head of the network
 * @param score what the values of its answer are called
 * @param wanted which of what is wanted is its layer
 */
record AnswerMap(LinearHead head, String score, int wanted) {
  /** The longest side in a page. */
  private static final int LONGEST_SIDE = 512;

  /**
   * Of one image.
   *
   * @param facts for the page
   * @param bytes of the one map, as {@link MapBytes} of {@code facts.height} and {@code width}
   */
  record Drawn(Facts facts, byte[] bytes) {}

  /**
   * For the page; named as {@code cam} names them.
   *
   * @param target the class that is predicted
   * @param score what the values of the answer are called, such as logit
   * @param logit of the class
   * @param contributions the sum of the map
   * @param bias what is added to them
   * @param sum both: the logit, but for rounding
   * @param minimum of the map; null in JSON if no value is a number
   * @param maximum likewise; equal to the minimum where the map is constant
   * @param height of the map in the page
   * @param width likewise
   */
  record Facts(
      String layer,
      int target,
      String targetName,
      String score,
      double logit,
      double contributions,
      double bias,
      double sum,
      double minimum,
      double maximum,
      int height,
      int width) {}

  /** Null where it isn't exact, or the layer isn't among what is wanted. */
  static AnswerMap of(Network network, List<WantedMaps> wanted) {
    LinearHead head = network.head().orElse(null);
    if (head == null || head.node().height() * head.node().width() == 1) {
      return null;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (head.node().equals(wanted.get(i).node())) {
        return new AnswerMap(head, network.scores().one(), i);
      }
    }
    return null;
  }

  /**
   * Null where no class is predicted.
   *
   * @param captured for each of what is wanted
   * @param names of classes, from 0; those that are missing have none
   */
  Drawn of(float[] logits, List<FeatureMaps> captured, List<String> names) {
    int label = Logits.predicted(logits, 0, logits.length);
    if (label == Logits.NONE) {
      return null;
    }
    ClassActivation cam =
        ClassActivation.of(head, LayerMaps.of(head.node(), captured.get(wanted).values()), label);
    MapBytes form = MapBytes.within(cam.map().height(), cam.map().width(), LONGEST_SIDE);
    return new Drawn(
        new Facts(
            head.node().name(),
            label,
            label < names.size() ? names.get(label) : null,
            score,
            logits[label],
            cam.contributions(),
            cam.bias(),
            cam.sum(),
            cam.map().low(),
            cam.map().high(),
            form.rows(),
            form.columns()),
        form.of(cam.map().values()));
  }
}
