package io.fmviz.probe;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The nodes of a network whose output is maps, and those that have kernels. */
public final class MapNodes {
  private MapNodes() {}

  /** All that have maps, in forward order. */
  public static List<Node> of(Network network) {
    return network.nodes().stream().filter(Node::hasMaps).toList();
  }

  /**
   * Those with maps that a selection chooses; what it chooses beside them is left out.
   *
   * @param selection null for all of the given types
   * @param types none for all that have maps
   * @throws InvalidValueException if one of its entries chooses no node with maps; the message
   *     lists those that there are
   */
  public static List<Node> of(Network network, LayerSelection selection, String... types) {
    if (selection != null) {
      return choose(selection, network.nodes(), Node::hasMaps, "maps");
    }
    Set<String> meant = Set.of(types);
    return of(network).stream()
        .filter(node -> meant.isEmpty() || meant.contains(node.type()))
        .toList();
  }

  /**
   * The convolutions that a selection chooses.
   *
   * @param selection null for all of them
   * @throws InvalidValueException if one of its entries chooses none; the message lists those that
   *     there are
   * @throws UserException if the network has none with kernels
   */
  public static List<Node> convolutions(Network network, LayerSelection selection) {
    Predicate<Node> convolves = network::hasKernel;
    List<Node> all = network.nodes().stream().filter(convolves).toList();
    if (all.isEmpty()) {
      List<Node> without = withoutKernel(network);
      throw new UserException(
          "%s: no convolution has kernels that can be drawn: %s"
              .formatted(
                  network.location(),
                  without.isEmpty()
                      ? "there is none whose maps can be looked at"
                      : "the weights of %s are computed from the picture, or integers of no scale"
                          .formatted(LayerSelection.names(without))));
    }
    return selection == null ? all : choose(selection, network.nodes(), convolves, "kernels");
  }

  /** The convolutions whose kernels aren't known. */
  public static List<Node> withoutKernel(Network network) {
    return network.nodes().stream()
        .filter(node -> node.kind() == Node.Kind.CONVOLUTION && !network.hasKernel(node))
        .toList();
  }

  private static List<Node> choose(
      LayerSelection selection, List<Node> all, Predicate<Node> isMeant, String what) {
    List<Node> having = all.stream().filter(isMeant).toList();
    for (String entry : selection.entries()) {
      List<Node> chosen = new LayerSelection(List.of(entry)).choose(all);
      if (chosen.stream().noneMatch(having::contains)) {
        boolean isOne =
            all.stream().anyMatch(node -> node.name().equals(entry) || node.path().equals(entry));
        throw new InvalidValueException(
            Settings.named("{layers} %s: %s has %s; those with %s are %s")
                .formatted(
                    entry,
                    isOne ? "this layer" : "no layer of these",
                    isOne ? "no " + what : what,
                    what,
                    LayerSelection.listed(entry, having)));
      }
    }
    return selection.choose(all).stream().filter(having::contains).toList();
  }
}
