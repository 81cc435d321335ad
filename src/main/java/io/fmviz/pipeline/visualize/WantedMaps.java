package io.fmviz.pipeline.visualize;

import io.fmviz.base.UserException;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.pipeline.FeatureMaps;
import io.fmviz.probe.MapNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is written of each image, under one name: a node's output, or the image itself.
 *
 * @param name of a layer, {@code Conv2d_1}, for its output; with {@code -input} behind it for what
 *     it was given; {@code input} for the image itself
 * @param node whose output it is; null for the image
 */
record WantedMaps(String name, Node node) {
  /** All that is wanted of a network, in the order in which it is written. */
  static List<WantedMaps> of(VisualizeRequest request, Network network) {
    List<Node> layers = MapNodes.of(network, request.layers());
    return of(layers, request.captures(), request.input());
  }

  private static List<WantedMaps> of(List<Node> layers, Set<Capture> sides, boolean image) {
    List<WantedMaps> wanted = new ArrayList<>();
    if (image) {
      wanted.add(new WantedMaps(FeatureMaps.IMAGE, null));
    }
    for (Node layer : layers) {
      for (Capture side : sides) {
        wanted.add(
            side == Capture.OUTPUT
                ? new WantedMaps(layer.name(), layer)
                : new WantedMaps(layer.name() + "-" + side, read(layer)));
      }
    }
    return wanted;
  }

  /** What a layer is given is what the one before it returns. */
  private static Node read(Node layer) {
    if (layer.inputs().size() > 1) {
      throw new UserException(
          "{capture} input: %s reads %s; choose layers that read one"
              .formatted(layer.name(), layer.inputs()));
    }
    return layer.inputs().isEmpty() ? null : layer.inputs().get(0);
  }

  boolean isImage() {
    return node == null;
  }
}
