package io.fmviz.serve;

import io.fmviz.base.Numbers;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.probe.MapNodes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The network's layers that have maps, under the numbers by which pages ask for them, from 0. */
final class ServedLayers {
  /**
   * The values that are captured whatever is in view: 128 MB. Of larger networks it is only that.
   */
  private static final long ALL = 1 << 25;

  private static final Pattern ONE = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})");

  private final List<Node> nodes;
  private final Map<Node, Integer> numbers = new HashMap<>();
  private final boolean isWhole;

  ServedLayers(Network network) {
    this.nodes = MapNodes.of(network);
    nodes.forEach(node -> numbers.put(node, numbers.size()));
    this.isWhole = nodes.stream().mapToLong(Node::size).sum() <= ALL;
  }

  List<Node> nodes() {
    return nodes;
  }

  /** Null for a node without maps. */
  Integer number(Node node) {
    return numbers.get(node);
  }

  Node node(int number) {
    Query.refuseUnless(
        number < nodes.size(),
        (nodes.size() == 1 ? "there is " : "there are ") + Numbers.count(nodes.size(), "layer"));
    return nodes.get(number);
  }

  /** Which to capture where some are in view. */
  Set<Node> captured(Collection<Node> inView) {
    return isWhole ? numbers.keySet() : Set.copyOf(inView);
  }

  /** One map of a layer, {@code 3.17}. */
  record One(Node node, int channel) {}

  One one(String text) {
    Matcher parts = ONE.matcher(text);
    Query.refuseUnless(parts.matches(), "a map is named as 3.17: its layer's number and its own");
    Node node = node(Integer.parseInt(parts.group(1)));
    return new One(node, Query.number("map", parts.group(2), 0, node.channels() - 1));
  }

  /** The channels that are switched off, {@code 3.17,4.0}. */
  Off off(String text) {
    Map<Integer, Set<Integer>> channels = new TreeMap<>();
    if (!text.isEmpty()) {
      for (String each : text.split(",", -1)) {
        One one = one(each);
        channels.computeIfAbsent(number(one.node()), n -> new TreeSet<>()).add(one.channel());
      }
    }
    return new Off(channels);
  }

  /**
   * Channels that are switched off.
   *
   * @param channels by the layers' numbers
   */
  record Off(Map<Integer, Set<Integer>> channels) {
    static final Off NONE = new Off(Map.of());

    boolean has(int layer, int channel) {
      return channels.getOrDefault(layer, Set.of()).contains(channel);
    }

    /** The same with one of them on, or off. */
    Off with(int layer, int channel, boolean isOff) {
      Map<Integer, Set<Integer>> other = new TreeMap<>();
      channels.forEach((each, some) -> other.put(each, new TreeSet<>(some)));
      Set<Integer> changed = other.computeIfAbsent(layer, n -> new TreeSet<>());
      if (isOff) {
        changed.add(channel);
      } else {
        changed.remove(channel);
      }
      other.values().removeIf(Set::isEmpty);
      return new Off(other);
    }
  }

  /** As a session takes them. */
  Map<Node, Set<Integer>> nodes(Off off) {
    Map<Node, Set<Integer>> byNode = new HashMap<>();
    off.channels().forEach((number, channels) -> byNode.put(nodes.get(number), channels));
    return byNode;
  }
}
