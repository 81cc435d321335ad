package io.fmviz.analysis;

import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.probe.Aggregation;
import io.fmviz.probe.NodePlaces;
import io.fmviz.probe.Probe;
import io.fmviz.probe.StatisticList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The highest responses of chosen nodes' channels, in one pass.
 *
 * @param nodes with maps
 * @param count how many are kept of each channel
 */
public record TopAggregation(NodePlaces nodes, int count)
    implements Aggregation<StatisticList<TopResponses>> {
  /** For some nodes of a network's. */
  public static TopAggregation of(Network network, List<Node> nodes, int count) {
    return new TopAggregation(NodePlaces.of(network, nodes), count);
  }

  /** Of each node, in their order. */
  @Override
  public StatisticList<TopResponses> run(
      Session session, Images images, int[] order, Probe.Ticker ticker) {
    List<Node> chosen = nodes.in(session.network());
    Probe probe = new Probe(session, images, chosen);
    return new StatisticList<>(List.copyOf(gather(probe, chosen, count, order, ticker).values()));
  }

  /**
   * The same with a probe of one's own, which hears the nodes.
   *
   * @return in the nodes' order
   */
  public static Map<Node, TopResponses> gather(
      Probe probe, List<Node> nodes, int count, int[] order, Probe.Ticker ticker) {
    Map<Node, TopResponses> found = new LinkedHashMap<>();
    nodes.forEach(node -> found.put(node, new TopResponses(node.channels(), count)));
    probe.run(
        order,
        new Probe.Consumer() {
          @Override
          public void node(Node node, Batch batch, int[] shape, float[] values) {
            found.get(node).add(batch.indices(), shape, values);
          }
        },
        ticker);
    return found;
  }
}
