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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Statistics of chosen nodes' channels, in one pass.
 *
 * @param nodes with maps
 * @param classes of images that are told apart; 1 for none
 */
public record ChannelAggregation(NodePlaces nodes, int classes)
    implements Aggregation<StatisticList<ChannelStatistics>> {
  /** Of more classes, counts by class would take more memory than anybody looks at. */
  private static final int MOST_CLASSES = 20;

  /** For some nodes of a network's, and the images that it is given. */
  public static ChannelAggregation of(Network network, Images images, List<Node> nodes) {
    return new ChannelAggregation(NodePlaces.of(network, nodes), classes(images));
  }

  /**
   * Runs all of some images through the network.
   *
   * @param nodes with maps
   * @return as {@link #found} has it
   */
  public static Map<Node, ChannelStatistics> run(
      Session session, Images images, List<Node> nodes, Probe.Ticker ticker) {
    ChannelAggregation pass = of(session.network(), images, nodes);
    int[] all = IntStream.range(0, images.count()).toArray();
    return pass.found(session.network(), pass.run(session, images, all, ticker));
  }

  /** Of each node that is heard. */
  @Override
  public StatisticList<ChannelStatistics> run(
      Session session, Images images, int[] order, Probe.Ticker ticker) {
    List<Node> heard = heard(session.network());
    Map<Node, ChannelStatistics> statistics = new LinkedHashMap<>();
    heard.forEach(node -> statistics.put(node, statistics(node)));
    new Probe(session, images, heard)
        .run(
            order,
            new Probe.Consumer() {
              @Override
              public void node(Node node, Batch batch, int[] shape, float[] values) {
                statistics
                    .get(node)
                    .add(shape, values, n -> classes == 1 ? 0 : images.label(batch.indices()[n]));
              }
            },
            ticker);
    return new StatisticList<>(List.copyOf(statistics.values()));
  }

  /**
   * The statistics of the chosen nodes, in their order; a channel that is made from one with
   * non-finite values, as minus infinity's is by a ReLU, counts these.
   */
  public Map<Node, ChannelStatistics> found(
      Network network, StatisticList<ChannelStatistics> gathered) {
    List<Node> heard = heard(network);
    Map<Node, ChannelStatistics> statistics = new LinkedHashMap<>();
    for (int i = 0; i < heard.size(); i++) {
      statistics.put(heard.get(i), gathered.parts().get(i));
    }
    List<Node> chosen = nodes.in(network);
    for (Node node : chosen) {
      for (Node origin : origins(node)) {
        if (statistics.containsKey(origin)) {
          statistics.get(node).doubt(statistics.get(origin));
        }
      }
    }
    statistics.keySet().retainAll(chosen);
    return statistics;
  }

  /** How many classes are told apart: 1 where there are too many, or an image has no label. */
  private static int classes(Images images) {
    int classes = images.classNames().size();
    boolean told =
        classes <= MOST_CLASSES && IntStream.range(0, images.count()).allMatch(images::isLabeled);
    return told ? Math.max(1, classes) : 1;
  }

  private ChannelStatistics statistics(Node node) {
    return new ChannelStatistics(node.channels(), classes, node.deadRule().orElse(null));
  }

  /** The nodes, and what they are made from where that may be non-finite. */
  private List<Node> heard(Network network) {
    Set<Node> heard = new LinkedHashSet<>(nodes.in(network));
    if (network.notNumbers() > 0) {
      nodes.in(network).forEach(node -> heard.addAll(origins(node)));
    }
    return List.copyOf(heard);
  }

  /** The nodes before one that makes each channel from the same of theirs: a ReLU, a pooling. */
  private static List<Node> origins(Node node) {
    List<Node> origins = new ArrayList<>();
    Node current = node;
    while (current.parameters() == 0 && current.inputs().size() == 1) {
      current = current.inputs().get(0);
      if (!current.hasMaps() || current.channels() != node.channels()) {
        break;
      }
      origins.add(current);
    }
    return origins;
  }
}
