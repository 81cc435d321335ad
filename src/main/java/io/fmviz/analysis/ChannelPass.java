package io.fmviz.analysis;

import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.probe.Probe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Statistics of chosen nodes' channels over all of some images, in one pass. */
public final class ChannelPass {
  /** Of more classes, counts by class would take more memory than anybody looks at. */
  private static final int MOST_CLASSES = 20;

  private ChannelPass() {}

  /**
   * Runs the images through the network.
   *
   * @param nodes with maps
   * @return the statistics in the nodes' order; a channel that is made from one with values that
   *     are no number, as minus infinity's is by a ReLU, counts these
   */
  public static Map<Node, ChannelStatistics> run(
      Session session, Images images, List<Node> nodes, Probe.Ticker ticker) {
    int classes = classes(images);
    Map<Node, ChannelStatistics> statistics = new LinkedHashMap<>();
    List<Node> heard = heard(session.network(), nodes);
    heard.forEach(node -> statistics.put(node, statistics(node, classes)));
    Probe probe = new Probe(session, images, heard);
    probe.run(
        probe.all(),
        new Probe.Consumer() {
          @Override
          public void node(Node node, Batch batch, int[] shape, float[] values) {
            statistics
                .get(node)
                .add(shape, values, n -> classes == 1 ? 0 : images.label(batch.indices()[n]));
          }
        },
        ticker);
    for (Node node : nodes) {
      for (Node origin : origins(node)) {
        if (statistics.containsKey(origin)) {
          statistics.get(node).doubt(statistics.get(origin));
        }
      }
    }
    statistics.keySet().retainAll(nodes);
    return statistics;
  }

  /** How many classes are told apart: 1 where there are too many, or an image has no label. */
  private static int classes(Images images) {
    int classes = images.classNames().size();
    boolean told =
        classes <= MOST_CLASSES && IntStream.range(0, images.count()).allMatch(images::isLabeled);
    return told ? Math.max(1, classes) : 1;
  }

  private static ChannelStatistics statistics(Node node, int classes) {
    return new ChannelStatistics(node.channels(), classes, node.silence().orElse(null));
  }

  /** The nodes, and what they are made from where that may be no number. */
  private static List<Node> heard(Network network, List<Node> nodes) {
    Set<Node> heard = new LinkedHashSet<>(nodes);
    if (network.notNumbers() > 0) {
      nodes.forEach(node -> heard.addAll(origins(node)));
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
