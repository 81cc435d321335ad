package io.fmviz.analysis.cam;

import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Gradients;
import io.fmviz.network.Logits;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.network.Target;
import io.fmviz.probe.ChannelAblation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.function.Function;

/**
 * Finds where a network looks, one image at a time:
 *
 * <pre>{@code
 * try (CamSession looking = CamSession.of(session, CamPlan.of(network), compute)) {
 *   CamImage image = looking.look(Batch.of(images, new int[] {index}, 0, 1));
 *   PositionMap map = image.map(node, image.likeliest(1)[0]);
 * }
 * }</pre>
 *
 * @param gradients for methods that take some; else null
 */
public record CamSession(Session session, CamPlan plan, Gradients gradients)
    implements AutoCloseable {
  /**
   * A session for a plan.
   *
   * @throws io.fmviz.base.UserException if it needs gradients, and there are none
   */
  public static CamSession of(Session session, CamPlan plan, Compute compute) {
    if (!plan.method().takesGradients()) {
      return new CamSession(session, plan, null);
    }
    Target target = plan.target() == null ? Target.ofClass(0) : plan.target();
    Gradients.Request request =
        new Gradients.Request(
            target, Set.copyOf(plan.nodes()), false, Gradients.Rectifier.GRADIENT);
    return new CamSession(session, plan, session.network().gradients(request, compute));
  }

  /** Looks for the likeliest class. */
  public CamImage look(Batch image) {
    return look(image, logits -> Logits.likeliest(logits, 1), share -> {});
  }

  /**
   * Sends an image through the network; with {@link CamMethod#ABLATION}, its rest once more for
   * each channel, and with gradients back for each class.
   *
   * @param image a batch of one
   * @param classes says of logits which classes gradients are wanted of
   * @param done is told from time to time which share of the work is done, from 0 to 1
   */
  public CamImage look(Batch image, Function<float[], int[]> classes, DoubleConsumer done) {
    if (image.size() != 1) {
      throw new IllegalArgumentException("one image at a time, not " + image.size());
    }
    if (gradients != null) {
      return sloped(image, classes);
    }
    return plan.method() == CamMethod.ABLATION ? ablated(image, done) : run(image);
  }

  private CamImage sloped(Batch image, Function<float[], int[]> classes) {
    try (Gradients.Forward forward = gradients.forward(image)) {
      Map<Node, LayerMaps> maps = new LinkedHashMap<>();
      plan.nodes().forEach(node -> maps.put(node, LayerMaps.of(node, forward.output(node))));
      Map<Integer, Gradients.Slopes> slopes = new LinkedHashMap<>();
      float[] logits = forward.answer();
      if (plan.target() != null) {
        slopes.put(CamImage.OTHER, forward.by(plan.target()));
      } else {
        for (int label : classes.apply(logits)) {
          slopes.put(label, forward.by(Target.ofClass(label)));
        }
      }
      return new CamImage(plan, logits, maps, Map.of(), slopes);
    }
  }

  @Override
  public void close() {
    if (gradients != null) {
      gradients.close();
    }
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
    return new CamImage(plan, logits, maps, Map.of(), Map.of());
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
      return new CamImage(plan, ablation.logits(), maps, losses, Map.of());
    }
  }
}
