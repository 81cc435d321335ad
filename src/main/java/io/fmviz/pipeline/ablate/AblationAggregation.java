package io.fmviz.pipeline.ablate;

import io.fmviz.analysis.LogitComparison;
import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import io.fmviz.network.Logits;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.probe.Aggregation;
import io.fmviz.probe.ChannelAblation;
import io.fmviz.probe.NodePlaces;
import io.fmviz.probe.Probe;
import io.fmviz.probe.Statistic;
import io.fmviz.probe.StatisticList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What changes in the answers if a map is zero, for each map of some nodes, in one pass.
 *
 * @param nodes with maps
 */
record AblationAggregation(NodePlaces nodes) implements Aggregation<AblationAggregation.Effects> {
  /** What one pass finds: a comparison for each channel of each node. */
  static final class Effects implements Statistic<Effects> {
    private final StatisticList<StatisticList<LogitComparison>> nodes;
    private long notNumbers;

    Effects(List<Node> nodes, Network network) {
      this.nodes =
          new StatisticList<>(nodes.stream().map(node -> channels(node, network)).toList());
    }

    private static StatisticList<LogitComparison> channels(Node node, Network network) {
      return new StatisticList<>(
          Stream.generate(() -> new LogitComparison(network.classes(), network.scores()))
              .limit(node.channels())
              .toList());
    }

    StatisticList<StatisticList<LogitComparison>> nodes() {
      return nodes;
    }

    /** Images with logits that are NaN or infinite, with all maps. */
    long notNumbers() {
      return notNumbers;
    }

    @Override
    public void merge(Effects other) {
      nodes.merge(other.nodes);
      notNumbers += other.notNumbers;
    }

    /**
     * Adds a batch.
     *
     * @param ticker is told of maps
     */
    private void add(
        Batch batch, ChannelAblation ablation, List<Node> held, int classes, Probe.Ticker ticker) {
      float[] logits = ablation.logits();
      notNumbers +=
          IntStream.range(0, batch.count())
              .filter(n -> Logits.predicted(logits, n * classes, classes) == Logits.NONE)
              .count();
      long all = maps(held);
      long before = 0;
      for (int i = 0; i < held.size(); i++) {
        List<LogitComparison> channels = nodes.parts().get(i).parts();
        long begun = before;
        float[] with = ablation.logits(held.get(i));
        ablation.each(
            held.get(i),
            (channel, without) -> add(channels.get(channel), with, without, batch),
            done -> ticker.done(begun + done, all));
        before += channels.size();
      }
    }

    private static void add(
        LogitComparison comparison, float[] before, float[] after, Batch batch) {
      for (int n = 0; n < batch.count(); n++) {
        comparison.add(before, after, n, batch.images().label(batch.indices()[n]));
      }
    }
  }

  @Override
  public Effects run(Session session, Images images, int[] order, Probe.Ticker ticker) {
    List<Node> held = nodes.in(session.network());
    int classes = session.network().classes();
    Effects found = new Effects(held, session.network());
    long all = maps(held) * order.length;
    new Probe(session, images, held)
        .ablate(
            order,
            (batch, ablation) ->
                found.add(
                    batch,
                    ablation,
                    held,
                    classes,
                    (done, maps) -> ticker.done(maps * batch.first() + done * batch.count(), all)),
            (done, total) -> {});
    ticker.done(all, all);
    return found;
  }

  private static long maps(List<Node> nodes) {
    return nodes.stream().mapToLong(Node::channels).sum();
  }
}
