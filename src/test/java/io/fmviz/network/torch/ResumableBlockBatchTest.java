package io.fmviz.network.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.ChannelsFixture;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.ResumableBatch;
import io.fmviz.network.Session;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumableBlockBatchTest {
  private static final Offset<Float> CLOSE = Offset.offset(1e-5f);

  @Test
  void answersAsPyTorchDoesWithoutAnyChannelOfAnyLayer() {
    Network network =
        ChannelsFixture.network(ChannelsFixture.WIDTHS, ChannelsFixture.weights("weights."));
    List<Node> nodes = network.nodes().stream().filter(Node::hasMaps).toList();
    assertThat(nodes).hasSize(9);
    Batch batch = Batch.of(ChannelsFixture.images(), IntStream.range(0, 12).toArray(), 0, 12);
    try (Session session = network.start(Compute.onCpu(2));
        ResumableBatch resumable = session.resumable(batch, Set.copyOf(nodes))) {
      assertThat(resumable.logits()).containsExactly(ChannelsFixture.floats("logits"), CLOSE);
      for (Node node : nodes) {
        float[] before = resumable.output(node);
        float[] expected = ChannelsFixture.floats("ablated." + node);
        assertThat(node.channels()).isEqualTo(expected.length / 120);
        for (int channel = 0; channel < node.channels(); channel++) {
          assertThat(resumable.withoutEach(node, channel, 1))
              .as("%s without %d", node, channel)
              .containsExactly(
                  Arrays.copyOfRange(expected, 120 * channel, 120 * (channel + 1)), CLOSE);
        }
        assertThat(resumable.output(node)).as("is left as it is").isEqualTo(before);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void severalChannelsAtOnceAreWhatEachIsAlone(int size) {
    Network network =
        ChannelsFixture.network(ChannelsFixture.WIDTHS, ChannelsFixture.weights("weights."));
    List<Node> nodes = network.nodes().stream().filter(Node::hasMaps).toList();
    Batch batch =
        Batch.of(ChannelsFixture.images(), IntStream.range(4, 4 + size).toArray(), 0, size);
    try (Session session = network.start(Compute.onCpu(2));
        ResumableBatch resumable = session.resumable(batch, Set.copyOf(nodes))) {
      for (Node node : nodes) {
        float[] before = resumable.output(node);
        float[] all = resumable.withoutEach(node, 1, node.channels() - 1);
        assertThat(all).hasSize(10 * size * (node.channels() - 1));
        for (int channel = 1; channel < node.channels(); channel++) {
          assertThat(Arrays.copyOfRange(all, 10 * size * (channel - 1), 10 * size * channel))
              .as("%s without %d", node, channel)
              .containsExactly(resumable.withoutEach(node, channel, 1), CLOSE);
        }
        assertThat(resumable.output(node)).as("is left as it is").isEqualTo(before);
      }
    }
  }
}
