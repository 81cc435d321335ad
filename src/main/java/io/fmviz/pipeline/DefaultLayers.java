package io.fmviz.pipeline;

import io.fmviz.network.DeadRule;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Window;
import io.fmviz.probe.LayerSelection;
import io.fmviz.probe.MapNodes;
import java.util.List;
import java.util.function.Predicate;

/** The layers that a command looks at unless told otherwise. */
public final class DefaultLayers {
  private DefaultLayers() {}

  /**
   * Those chosen, or the activations; the convolutions of a network without, or else all that has
   * maps.
   *
   * @param selection null if nothing is chosen
   */
  public static List<Node> activations(Network network, LayerSelection selection) {
    return choose(network, selection, DefaultLayers::isActivation);
  }

  /**
   * Those chosen, or the activations and the convolutions of which it is known when they are dead.
   *
   * @param selection null if nothing is chosen
   */
  public static List<Node> silent(Network network, LayerSelection selection) {
    // A ReLU is dead where its convolution is; both are shown.
    return choose(
        network,
        selection,
        node -> isActivation(node) || (isRead(node) && node.deadRule().isPresent()));
  }

  /** Whether it is what an activation reads. */
  private static boolean isRead(Node node) {
    return node.kind() == Node.Kind.CONVOLUTION || node.kind() == Node.Kind.NORMALIZATION;
  }

  private static boolean isActivation(Node node) {
    // A pooling passes an activation's zeros on, and is none.
    return node.kind() == Node.Kind.ACTIVATION
        || (node.deadRule().filter(DeadRule::exact).isPresent()
            && node.window().filter(Window.POINT::equals).isPresent());
  }

  private static List<Node> choose(
      Network network, LayerSelection selection, Predicate<Node> meant) {
    List<Node> all = MapNodes.of(network, selection);
    if (selection != null) {
      return all;
    }
    return first(
        all.stream().filter(meant).toList(), all.stream().filter(network::hasKernel).toList(), all);
  }

  @SafeVarargs
  private static List<Node> first(List<Node>... choices) {
    for (List<Node> choice : choices) {
      if (!choice.isEmpty()) {
        return choice;
      }
    }
    return List.of();
  }
}
