package io.fmviz.pipeline;

import ai.djl.nn.Block;
import io.fmviz.base.UserException;
import io.fmviz.forward.ForwardListeners;
import io.fmviz.forward.Layer;
import io.fmviz.forward.LayerSelection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The layers of a network whose output is maps. */
final class MapLayers {
  private static final Set<String> TYPES =
      Set.of("Conv2d", "ReLU", "MaxPool2d", "AdaptiveAvgPool2d");

  private MapLayers() {}

  /** All of them, in forward order. */
  static List<Layer> of(Block network) {
    return leaves(network).stream().filter(layer -> TYPES.contains(layer.type())).toList();
  }

  /**
   * Those that a selection chooses; what it chooses beside them is left out.
   *
   * @throws UserException if one of its entries chooses no layer with maps; the message lists those
   *     that there are
   */
  static List<Layer> of(Block network, LayerSelection selection) {
    return choose(selection, leaves(network), TYPES, "maps");
  }

  /**
   * Those that a selection chooses.
   *
   * @param selection null for all of the given types
   */
  static List<Layer> of(Block network, LayerSelection selection, String... types) {
    return of(network, selection == null ? new LayerSelection(List.of(types)) : selection);
  }

  /**
   * The convolutions that a selection chooses.
   *
   * @param selection null for all of them
   * @throws UserException if one of its entries chooses none; the message lists those that there
   *     are
   */
  static List<Layer> convolutions(Block network, LayerSelection selection) {
    return convolutions(leaves(network), selection);
  }

  /** Like {@link #convolutions(Block, LayerSelection)}, of a network that need not be built. */
  static List<Layer> convolutions(List<Layer> all, LayerSelection selection) {
    Set<String> types = Set.of("Conv2d");
    return choose(
        selection == null ? new LayerSelection(List.copyOf(types)) : selection,
        all,
        types,
        "kernels");
  }

  private static List<Layer> choose(
      LayerSelection selection, List<Layer> all, Set<String> types, String what) {
    List<Layer> having = all.stream().filter(layer -> types.contains(layer.type())).toList();
    for (String entry : selection.entries()) {
      List<Layer> chosen = choose(new LayerSelection(List.of(entry)), all);
      if (chosen.stream().noneMatch(having::contains)) {
        boolean isName = all.stream().anyMatch(layer -> layer.name().equals(entry));
        throw new UserException(
            "--layers %s: %s has %s; those with %s are %s"
                .formatted(
                    entry,
                    isName ? "this layer" : "no layer of these",
                    isName ? "no " + what : what,
                    what,
                    having.stream().map(Layer::name).collect(Collectors.joining(", "))));
      }
    }
    return having.stream().filter(selection::matches).toList();
  }

  private static List<Layer> choose(LayerSelection selection, List<Layer> layers) {
    try {
      return selection.choose(layers);
    } catch (IllegalArgumentException e) {
      throw new UserException("--layers: " + e.getMessage(), e);
    }
  }

  private static List<Layer> leaves(Block network) {
    return ForwardListeners.layersOf(network).stream()
        .filter(layer -> layer.block().getChildren().isEmpty())
        .toList();
  }
}
