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
   * Those of certain types that a selection chooses.
   *
   * @param what layers of these types have, for the message
   * @throws UserException if one of the entries chooses none of them
   */
  static List<Layer> choose(
      LayerSelection selection, List<Layer> all, Set<String> types, String what) {
    List<Layer> having = all.stream().filter(layer -> types.contains(layer.type())).toList();
    for (String entry : selection.entries()) {
      List<Layer> chosen = choose(new LayerSelection(List.of(entry)), all);
      if (chosen.stream().noneMatch(having::contains)) {
        throw new UserException(
            "--layers %s: this layer has no %s; those with %s are %s"
                .formatted(
                    entry,
                    what,
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
