package io.fmviz.pipeline;

import io.fmviz.analysis.ChannelStatistics;
import io.fmviz.analysis.Pruning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which channels of the convolutions stay, and why the others go.
 *
 * @param kept for each convolution the channels that stay, ascending
 * @param layers the same for people
 */
record PrunedLayers(List<List<Integer>> kept, List<PruneResult.Layer> layers) {
  /**
   * Decides.
   *
   * @param statistics of all convolutions, by their names
   * @param chosen the names of those that may lose channels
   * @param below also those that are active in less than this share of the images go
   */
  static PrunedLayers of(
      Map<String, ChannelStatistics> statistics, Set<String> chosen, double below) {
    PrunedLayers pruned = new PrunedLayers(new ArrayList<>(), new ArrayList<>());
    statistics.forEach(
        (name, s) -> {
          List<Integer> all = IntStream.range(0, s.channels()).boxed().toList();
          List<Integer> stay = chosen.contains(name) ? Pruning.kept(s, below) : all;
          pruned.kept.add(stay);
          pruned.layers.add(layer(name, s, stay, below, chosen.contains(name)));
        });
    return pruned;
  }

  private static PruneResult.Layer layer(
      String name, ChannelStatistics s, List<Integer> stay, double below, boolean chosen) {
    List<Integer> dead = s.dead();
    List<Integer> almostDead = s.almostDead(below);
    Integer first = stay.get(0);
    boolean spared = chosen && (dead.contains(first) || almostDead.contains(first));
    return new PruneResult.Layer(
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
