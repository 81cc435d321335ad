package io.fmviz.analysis.cam;

import io.fmviz.network.Gradients;
import io.fmviz.network.Logits;
import io.fmviz.network.Node;
import java.util.Map;

/**
 * What is known of one image.
 *
 * @param logits empty where the network has none
 * @param maps of each of the plan's nodes
 * @param losses of each of them with {@link CamMethod#ABLATION}, as {@link Ablation#losses} has
 *     them; else empty
 * @param slopes gradients of each class that was asked for, of the plan's target under {@link
 *     #OTHER}, with methods that take some; else empty
 */
public record CamImage(
    CamPlan plan,
    float[] logits,
    Map<Node, LayerMaps> maps,
    Map<Node, double[][]> losses,
    Map<Integer, Gradients.Slopes> slopes) {
  /** Stands for the class where a target is none. */
  public static final int OTHER = -1;

  /** The so many likeliest classes, the first of equals first; none if a logit is not finite. */
  public int[] likeliest(int count) {
    return Logits.likeliest(logits, count);
  }

  /** The probability of a class, as the plan's scores say; NaN if a value is not finite. */
  public double probability(int label) {
    return plan.scores().probability(logits, 0, logits.length, label);
  }

  /** What adds up to a class's logit; with {@link CamMethod#CAM} only. */
  public ClassActivation activation(int label) {
    return ClassActivation.of(plan.head(), maps.get(plan.head().node()), label);
  }

  /**
   * The map of one of the plan's nodes.
   *
   * @param label the class; any where the method asks for none; with methods that take gradients
   *     one that they were asked for
   */
  public PositionMap map(Node node, int label) {
    LayerMaps of = maps.get(node);
    return switch (plan.method()) {
      case CAM -> activation(label).map();
      case ABLATION -> Ablation.map(of, losses.get(node), label);
      case GRADCAM, GRADCAM_PLUS_PLUS, LAYERCAM, HIRESCAM ->
          GradientMaps.of(plan.method(), of, slopes.get(label).nodes().get(node));
      case MEAN -> Reduced.mean(of);
      case MAX -> Reduced.max(of);
      case EIGEN -> Reduced.eigen(of);
    };
  }
}
