package io.fmviz.analysis.cam;

import io.fmviz.network.Batch;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.probe.ChannelAblation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleConsumer;

/**
 * Finds where a network looks, one image at a time:
 *
 * <pre>{@code
 * CamSession looking = new CamSession(session, CamPlan.of(network));
 * CamImage image = looking.look(Batch.of(images, new int[] {index}, 0, 1));
 * PositionMap map = image.map(node, image.likeliest(1)[0]);
 * }</pre>
 */
public record CamSession(Session session, CamPlan plan) {
  /**
   * Sends an image through the network; with {@link CamMethod#ABLATION}, its rest once more for
   * each channel.
   *
   * @param image a batch of one
   */
  public CamImage look(Batch image) {
    return look(image, share -> {});
  }

  /**
   * The same.
   *
   * @param done is told from time to time which share of the work is done, from 0 to 1
   */
  public CamImage look(Batch image, DoubleConsumer done) {
    if (image.size() != 1) {
      throw new IllegalArgumentException("one image at a time, not " + image.size());
    }
    return plan.method() == CamMethod.ABLATION ? ablated(image, done) : run(image);
  }

  private CamImage run(Batch image) {
    Map<Node, LayerMaps> maps = new LinkedHashMap<>();
    float[] logits =
        session.run(
            image,
            Set.copyOf(plan.nodes()),
            (node, values) -> {
              float[] copy = new float[values.remaining()];
              values.get(copy);
              maps.put(node, LayerMaps.of(node, copy));
            });
    return new CamImage(plan, logits, maps, Map.of());
  }

  private CamImage ablated(Batch image, DoubleConsumer done) {
    Map<Node, LayerMaps> maps = new LinkedHashMap<>();
    Map<Node, double[][]> losses = new LinkedHashMap<>();
    double all = plan.nodes().stream().mapToLong(Node::channels).sum();
    try (ChannelAblation ablation = ChannelAblation.rounding(session, image, plan.nodes())) {
      long before = 0;
      for (Node node : plan.nodes()) {
        long begun = before;
        maps.put(node, LayerMaps.of(node, ablation.output(node)));
        losses.put(
            node,
            Ablation.losses(ablation, node, channels -> done.accept((begun + channels) / all)));
        before += node.channels();
      }
      return new CamImage(plan, ablation.logits(), maps, losses);
    }
  }
}
