package io.fmviz;

import io.fmviz.network.Network;
import io.fmviz.network.Node;
import java.util.Arrays;
import java.util.List;

/** Nodes by their names. */
public final class Nodes {
  private Nodes() {}

  public static Node named(Network network, String name) {
    return network.nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no node " + name + " in " + network.nodes()));
  }

  /** Nodes in the order of their names here. */
  public static List<Node> of(Network network, String... names) {
    return Arrays.stream(names).map(name -> named(network, name)).toList();
  }
}
