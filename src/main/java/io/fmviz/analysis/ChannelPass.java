package io.fmviz.analysis;

import io.fmviz.dataset.Images;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.probe.Probe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Statistics of chosen nodes' channels over all of some images, in one pass. */
public final class ChannelPass {
  private ChannelPass() {}

  /**
   * Runs the images through the network.
   *
   * @param nodes with maps
   * @return the statistics in the nodes' order
   */
  public static Map<Node, ChannelStatistics> run(
      Session session, Images images, List<Node> nodes, Probe.Ticker ticker) {
    int classes = Math.max(1, images.classNames().size());
    Map<Node, ChannelStatistics> statistics = new LinkedHashMap<>();
    nodes.forEach(node -> statistics.put(node, new ChannelStatistics(node.channels(), classes)));
    Probe probe = new Probe(session, images, nodes);
    probe.run(
        probe.all(),
        new Probe.Consumer() {
          @Override
          public void node(Node node, int first, int[] shape, float[] values) {
            statistics.get(node).add(shape, values, n -> Math.max(0, images.label(first + n)));
          }
        },
        ticker);
    return statistics;
  }
}
