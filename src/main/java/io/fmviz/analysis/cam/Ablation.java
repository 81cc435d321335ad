package io.fmviz.analysis.cam;

import io.fmviz.network.Node;
import io.fmviz.network.Rest;
import java.util.List;
import java.util.function.LongConsumer;

/** Ablation-CAM: a layer's maps, each weighed by what a logit loses without it. */
public final class Ablation {
  /** Channels that go through the rest of the network at once, at most. */
  private static final int MOST = 32;

  /** The values of the largest layer behind for all of them: 16 MB. */
  private static final long BOUND = 1 << 22;

  /** Smaller differences of logits than this part of the largest are rounding. */
  private static final double ROUNDING = 1e-6;

  private Ablation() {}

  /**
   * What each logit loses without a map: {@code y - y_k}.
   *
   * @param rest of a batch of one image, with the node held
   * @param nodes of the network, in forward order
   * @param done is told how many channels are done
   * @return {@code (channels, classes)}; zero where the difference is no more than rounding
   */
  public static double[][] losses(Rest rest, Node node, List<Node> nodes, LongConsumer done) {
    float[] logits = rest.logits();
    double rounding = 0;
    for (float logit : logits) {
      rounding = Math.max(rounding, ROUNDING * Math.abs(logit));
    }
    double[][] losses = new double[node.channels()][logits.length];
    int step = step(node, nodes);
    for (int first = 0; first < losses.length; first += step) {
      int count = Math.min(step, losses.length - first);
      float[] without = rest.withoutEach(node, first, count);
      for (int i = 0; i < without.length; i++) {
        int c = i % logits.length;
        double loss = (double) logits[c] - without[i];
        losses[first + i / logits.length][c] = Math.abs(loss) <= rounding ? 0 : loss;
      }
      done.accept(first + count);
    }
    return losses;
  }

  private static int step(Node node, List<Node> nodes) {
    long largest = nodes.stream().skip(nodes.indexOf(node)).mapToLong(Node::size).max().orElse(1);
    return (int) Math.max(1, Math.min(MOST, BOUND / largest));
  }

  /** The map for one class: ReLU of the weighed sum, from zero to its maximum. */
  public static PositionMap map(LayerMaps maps, double[][] losses, int label) {
    double[] weights = new double[losses.length];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = losses[k][label];
    }
    return PositionMap.aboveZero(maps, maps.weighed(weights), maps.magnitude(weights));
  }
}
