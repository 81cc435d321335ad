package io.fmviz.network.torch;

import io.fmviz.forward.Layer;
import io.fmviz.network.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which node stands for which layer of a network of DJL's, and the other way round. */
final class Places {
  private final Map<Layer, Node> nodes;
  private final Map<Node, Layer> layers = new HashMap<>();

  /**
   * The places of a network.
   *
   * @param nodes in forward order
   */
  Places(Map<Layer, Node> nodes) {
    this.nodes = nodes;
    nodes.forEach((layer, node) -> layers.put(node, layer));
  }

  /** All nodes, in forward order. */
  List<Node> all() {
    return List.copyOf(nodes.values());
  }

  /** The node of a layer; null for a layer that is none. */
  Node node(Layer layer) {
    return nodes.get(layer);
  }

  /**
   * The layer of a node.
   *
   * @throws IllegalArgumentException if it belongs to another network
   */
  Layer layer(Node node) {
    Layer layer = layers.get(node);
    if (layer == null) {
      throw new IllegalArgumentException(node + " belongs to another network");
    }
    return layer;
  }

  /** Whether it is a node of this network. */
  boolean has(Node node) {
    return layers.containsKey(node);
  }
}
