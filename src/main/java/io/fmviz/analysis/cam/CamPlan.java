package io.fmviz.analysis.cam;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.network.DeadRule;
import io.fmviz.network.LinearHead;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Output;
import io.fmviz.network.Scores;
import io.fmviz.network.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is done with a network to see where it looks.
 *
 * @param nodes the layers whose maps become one, each with maps
 * @param head for {@link CamMethod#CAM}, which looks at its layer alone; else null
 * @param target what gradients are of, where it is no class; else null
 * @param scores what the values of the network's answers mean
 */
public record CamPlan(
    CamMethod method, List<Node> nodes, LinearHead head, Target target, Scores scores) {
  public CamPlan {
    nodes = List.copyOf(nodes);
  }

  /** As is usual for a network: its usual method at its usual layer. */
  public static CamPlan of(Network network) {
    return of(network, null, null, null);
  }

  /**
   * As a person asks for.
   *
   * @param method null for the usual one: exact if it can be, else of gradients, or ablation where
   *     there are none, or the mean where there are no logits
   * @param chosen layers with maps; null for the last before the head with more than one position
   * @param target a value of an output; null where classes are asked for, or none
   * @throws UserException if there is no such layer, or the method needs what the network lacks
   * @throws InvalidValueException if the method is not for the layers
   */
  public static CamPlan of(Network network, CamMethod method, List<Node> chosen, Target target) {
    Optional<LinearHead> head = target == null ? network.head() : Optional.empty();
    List<Node> nodes = chosen == null ? List.of(usual(network, head, target)) : chosen;
    boolean isExact = head.isPresent() && nodes.equals(List.of(head.get().node()));
    CamMethod meant = method == null ? usual(network, nodes, isExact, target) : method;
    if (target != null && !meant.takesGradients()) {
      throw new InvalidValueException(
          "target",
          Settings.named(
              "is a value of an output, and {method} %s asks for none: take gradcam, gradcam++, layercam or hirescam"
                  .formatted(meant)));
    }
    if (target == null && meant.isOfClass() && network.classes() == 0) {
      String other =
          meant.takesGradients() ? Settings.named("give {target} a value of an output, or ") : "";
      throw new InvalidValueException(
          Settings.named(
                  "{method} %s asks for a class, and %s has none: "
                      + other
                      + "take mean, max or eigen")
              .formatted(meant, network.location()));
    }
    if (meant == CamMethod.CAM && head.isEmpty()) {
      throw new InvalidValueException(
          Settings.named(
                  "{method} cam is exact or not at all: the logits of %s are not a mean over positions followed by one linear layer; take gradcam or ablation")
              .formatted(network.location()));
    }
    if (meant == CamMethod.CAM && !isExact) {
      throw new InvalidValueException(
          "layers",
          Settings.named(
                  "must be %s for {method} cam, since the logits are a mean of its maps: take gradcam or ablation for other layers")
              .formatted(head.get().node()));
    }
    return new CamPlan(
        meant, nodes, meant == CamMethod.CAM ? head.get() : null, target, network.scores());
  }

  private static CamMethod usual(
      Network network, List<Node> nodes, boolean isExact, Target target) {
    if (target != null) {
      return CamMethod.GRADCAM;
    }
    if (network.classes() == 0) {
      return CamMethod.MEAN;
    }
    if (isExact) {
      return CamMethod.CAM;
    }
    return network.withoutGradients(nodes).isEmpty() ? CamMethod.GRADCAM : CamMethod.ABLATION;
  }

  /** The last layer that the answer comes from and that has more than one position. */
  private static Node usual(Network network, Optional<LinearHead> head, Target target) {
    if (head.isPresent() && hasPositions(head.get().node())) {
      return head.get().node();
    }
    List<Output> ofTarget =
        network.outputs().stream()
            .filter(output -> target == null || output.name().equals(target.output()))
            .toList();
    Set<Node> before = before(ofTarget.isEmpty() ? network.outputs() : ofTarget);
    List<Node> all = network.nodes().stream().filter(CamPlan::hasPositions).toList();
    List<Node> leading = all.stream().filter(before::contains).toList();
    // A detector's last maps are answers; what they are made from is its last activation.
    List<Node> activations =
        leading.stream()
            .filter(node -> node.deadRule().filter(DeadRule::exact).isPresent())
            .toList();
    List<Node> choice = leading.isEmpty() ? all : leading;
    if ((network.classes() == 0 || target != null) && !activations.isEmpty()) {
      choice = activations;
    }
    if (choice.isEmpty()) {
      throw new UserException(
          "%s has no layer with maps of more than one position".formatted(network.location()));
    }
    return choice.get(choice.size() - 1);
  }

  private static boolean hasPositions(Node node) {
    return node.hasMaps() && node.height() * node.width() > 1;
  }

  /** What outputs are made from, themselves left out. */
  private static Set<Node> before(List<Output> outputs) {
    Set<Node> found = new HashSet<>();
    Deque<Node> left = new ArrayDeque<>();
    outputs.forEach(output -> left.addAll(output.node().inputs()));
    while (!left.isEmpty()) {
      Node node = left.remove();
      if (found.add(node)) {
        left.addAll(node.inputs());
      }
    }
    return found;
  }
}
