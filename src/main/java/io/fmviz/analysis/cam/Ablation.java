package io.fmviz.analysis.cam;

import io.fmviz.network.Node;
import io.fmviz.probe.ChannelAblation;
import java.util.function.LongConsumer;

/** Ablation-CAM: a layer's maps, each weighed by what a logit loses without it. */
public final class Ablation {
  /** Smaller differences of logits than this part of the largest are rounding. */
  private static final double ROUNDING = 1e-6;

  private Ablation() {}

  /**
   * What each logit loses without a map: {@code y - y_k}.
   *
   * @param ablation of a batch of one image
   * @param done is told how many channels are done
   * @return {@code (channels, classes)}; zero where the difference is no more than rounding
   */
  public static double[][] losses(ChannelAblation ablation, Node node, LongConsumer done) {
    float[] logits = ablation.logits();
    double rounding = rounding(logits);
    double[][] losses = new double[node.channels()][logits.length];
    ablation.each(
        node,
        (channel, without) -> {
          for (int c = 0; c < logits.length; c++) {
            double loss = (double) logits[c] - without[c];
            losses[channel][c] = Math.abs(loss) <= rounding ? 0 : loss;
          }
        },
        done);
    return losses;
  }

  private static double rounding(float[] logits) {
    double rounding = 0;
    for (float logit : logits) {
      rounding = Math.max(rounding, ROUNDING * Math.abs(logit));
    }
    return rounding;
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
