package io.fmviz.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.ChannelsFixture;
import io.fmviz.Nodes;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.probe.MapNodes;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ChannelAggregationTest {
  private static final int CLASSES = 4;

  @Test
  void findsWhatPyTorchFindsInEveryLayer() {
    Network network =
        ChannelsFixture.network(ChannelsFixture.WIDTHS, ChannelsFixture.weights("weights."));
    try (Session session = network.start(Compute.onCpu(2))) {
      Map<Node, ChannelStatistics> statistics =
          ChannelAggregation.run(
              session, ChannelsFixture.images(), MapNodes.of(network), (done, total) -> {});
      assertThat(statistics).hasSize(9);
      statistics.forEach(
          (node, s) -> {
            String layer = node.name();
            compare(layer + ".max", s.maximum());
            compare(layer + ".min", s.minimum());
            compare(layer + ".mean", s.mean());
            compare(layer + ".imageShare", s.imageShare());
            compare(layer + ".pixelShare", s.pixelShare());
            compare(layer + ".classImageShare", firstClasses(s.classImageShare()));
            compare(layer + ".classPixelShare", firstClasses(s.classPixelShare()));
          });
      assertThat(statistics.get(Nodes.named(network, "ReLU_1")).dead()).containsExactly(1);
      assertThat(statistics.get(Nodes.named(network, "Conv2d_2")).dead()).containsExactly(0, 2);
      assertThat(statistics.get(Nodes.named(network, "ReLU_3")).dead())
          .isEqualTo(statistics.get(Nodes.named(network, "Conv2d_3")).dead())
          .containsExactly(0, 3, 6, 7);
    }
  }

  private static void compare(String name, double[] values) {
    float[] expected = ChannelsFixture.floats("stats." + name);
    assertThat(values).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < values.length; i++) {
      assertThat((float) values[i]).as(name).isCloseTo(expected[i], Offset.offset(1e-5f));
    }
  }

  /** The dataset has ten classes, the fixture four of them. */
  private static double[] firstClasses(double[][] shares) {
    double[] first = new double[shares.length * CLASSES];
    for (int channel = 0; channel < shares.length; channel++) {
      System.arraycopy(shares[channel], 0, first, channel * CLASSES, CLASSES);
      assertThat(shares[channel][CLASSES]).isNaN();
    }
    return first;
  }
}
