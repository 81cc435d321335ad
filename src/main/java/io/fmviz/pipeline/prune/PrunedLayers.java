package io.fmviz.pipeline.prune;

import io.fmviz.analysis.BeforeAfter;
import io.fmviz.analysis.ChannelStatistics;
import io.fmviz.network.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which channels of the convolutions stay, and why the others go.
 *
 * @param kept for each convolution the channels that stay, ascending
 * @param layers the same for people
 */
record PrunedLayers(List<List<Integer>> kept, List<PruneResult.PrunedLayer> layers) {
  /**
   * Decides.
   *
   * @param statistics of all convolutions
   * @param chosen those that may lose channels
   * @param below also those that are active in less than this share of the images go
   */
  static PrunedLayers of(Map<Node, ChannelStatistics> statistics, List<Node> chosen, double below) {
    PrunedLayers pruned = new PrunedLayers(new ArrayList<>(), new ArrayList<>());
    statistics.forEach(
        (node, s) -> {
          List<Integer> all = IntStream.range(0, s.channels()).boxed().toList();
          List<Integer> stay = chosen.contains(node) ? s.kept(below) : all;
          pruned.kept.add(stay);
          pruned.layers.add(layer(node.name(), s, stay, below, chosen.contains(node)));
        });
    return pruned;
  }

  private static PruneResult.PrunedLayer layer(
      String name, ChannelStatistics s, List<Integer> stay, double below, boolean chosen) {
    List<Integer> dead = s.dead();
    List<Integer> almostDead = s.almostDead(below);
    Integer first = stay.get(0);
    boolean spared = chosen && (dead.contains(first) || almostDead.contains(first));
    return new PruneResult.PrunedLayer(
        name,
        new BeforeAfter<>(s.channels(), stay.size()),
        without(dead, stay),
        without(almostDead, stay),
        spared ? first : null);
  }

  private static List<Integer> without(List<Integer> channels, List<Integer> kept) {
    return channels.stream().filter(channel -> !kept.contains(channel)).toList();
  }
}
