package io.fmviz.probe;

import io.fmviz.network.Network;
import io.fmviz.network.Node;
import java.io.Serializable;
import java.util.List;

/**
 * Nodes for whoever has the same network elsewhere, where they are others: where each stands in
 * forward order.
 */
public record NodePlaces(List<Integer> places) implements Serializable {
  public NodePlaces {
    places = List.copyOf(places);
  }

  /** Of nodes of a network's. */
  public static NodePlaces of(Network network, List<Node> nodes) {
    List<Node> all = network.nodes();
    return new NodePlaces(nodes.stream().map(all::indexOf).toList());
  }

  /** The nodes that stand there. */
  public List<Node> in(Network network) {
    return places.stream().map(network.nodes()::get).toList();
  }
}
