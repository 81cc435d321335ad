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
 * @param scores what the values of the network's answers mean
 */
public record CamPlan(CamMethod method, List<Node> nodes, LinearHead head, Scores scores) {
  public CamPlan {
    nodes = List.copyOf(nodes);
  }

  /** As is usual for a network: its usual method at its usual layer. */
  public static CamPlan of(Network network) {
    return of(network, null, null);
  }

  /**
   * As a person asks for.
   *
   * @param method null for the usual one: exact if it can be, else ablation, or the mean where
   *     there are no logits
   * @param chosen layers with maps; null for the last before the head with more than one position
   * @throws UserException if there is no such layer, or the method needs what the network lacks
   * @throws InvalidValueException if the method is not for the layers
   */
  public static CamPlan of(Network network, CamMethod method, List<Node> chosen) {
    Optional<LinearHead> head = network.head();
    List<Node> nodes = chosen == null ? List.of(usual(network, head)) : chosen;
    boolean isExact = head.isPresent() && nodes.equals(List.of(head.get().node()));
    CamMethod meant = method == null ? usual(network, isExact) : method;
    if (meant.isOfClass() && network.classes() == 0) {
      throw new InvalidValueException(
          Settings.named("{method} %s asks for a class, and %s has none: take mean, max or eigen")
              .formatted(meant, network.location()));
    }
    if (meant == CamMethod.CAM && head.isEmpty()) {
      throw new InvalidValueException(
          Settings.named(
                  "{method} cam is exact or not at all: the logits of %s are not a mean over positions followed by one linear layer; take ablation")
              .formatted(network.location()));
    }
    if (meant == CamMethod.CAM && !isExact) {
      throw new InvalidValueException(
          "layers",
          Settings.named(
                  "must be %s for {method} cam, since the logits are a mean of its maps: take ablation for other layers")
              .formatted(head.get().node()));
    }
    return new CamPlan(meant, nodes, meant == CamMethod.CAM ? head.get() : null, network.scores());
  }

  private static CamMethod usual(Network network, boolean isExact) {
    if (network.classes() == 0) {
      return CamMethod.MEAN;
    }
    return isExact ? CamMethod.CAM : CamMethod.ABLATION;
  }

  /** The last layer that the answer comes from and that has more than one position. */
  private static Node usual(Network network, Optional<LinearHead> head) {
    if (head.isPresent() && hasPositions(head.get().node())) {
      return head.get().node();
    }
    Set<Node> before = before(network.outputs());
    List<Node> all = network.nodes().stream().filter(CamPlan::hasPositions).toList();
    List<Node> leading = all.stream().filter(before::contains).toList();
    // A detector's last maps are answers; what they are made from is its last activation.
    List<Node> activations =
        leading.stream()
            .filter(node -> node.deadRule().filter(DeadRule::exact).isPresent())
            .toList();
    List<Node> choice = leading.isEmpty() ? all : leading;
    if (network.classes() == 0 && !activations.isEmpty()) {
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
