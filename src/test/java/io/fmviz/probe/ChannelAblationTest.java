package io.fmviz.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.ChannelsFixture;
import io.fmviz.Nodes;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.ResumableBatch;
import io.fmviz.network.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelAblationTest {
  private static final Offset<Float> CLOSE = Offset.offset(1e-5f);

  private final Network network =
      ChannelsFixture.network(ChannelsFixture.WIDTHS, ChannelsFixture.weights("weights."));

  private static Batch batch(int size) {
    return Batch.of(ChannelsFixture.images(), IntStream.range(0, size).toArray(), 0, size);
  }

  /** Eight channels of {@code ReLU_3}, whose largest layer behind is itself. */
  @ParameterizedTest
  @CsvSource({"1,8", "4,8", "5,6 8", "12,2 4 6 8", "20,1 2 3 4 5 6 7 8"})
  void asManyChannelsGoAtOnceAsABatchLeavesRoomFor(int size, String done) {
    Node node = Nodes.named(network, "ReLU_3");
    List<Integer> channels = new ArrayList<>();
    List<Long> told = new ArrayList<>();
    int[] order = IntStream.range(0, size).map(i -> i % 12).toArray();
    Batch batch = Batch.of(ChannelsFixture.images(), order, 0, size);
    try (Session session = network.start(Compute.onCpu(2));
        ChannelAblation ablation = ChannelAblation.rounding(session, batch, List.of(node));
        ResumableBatch resumable = session.resumable(batch, Set.of(node))) {
      ablation.each(
          node,
          (channel, logits) -> {
            channels.add(channel);
            assertThat(logits)
                .as("without %d", channel)
                .containsExactly(resumable.withoutEach(node, channel, 1), CLOSE);
          },
          told::add);
      assertThat(ablation.logits()).containsExactly(resumable.logits());
      assertThat(ablation.output(node)).containsExactly(resumable.output(node));
    }
    assertThat(channels).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(told)
        .containsExactlyElementsOf(Stream.of(done.split(" ")).map(Long::valueOf).toList());
  }

  /** The classifier's engine adds up in another order where more images go at once. */
  @Test
  void withoutADeadChannelNothingChanges() {
    Node node = Nodes.named(network, "ReLU_2");
    List<Integer> changing = new ArrayList<>();
    List<Long> told = new ArrayList<>();
    try (Session session = network.start(Compute.onCpu(2));
        ChannelAblation ablation = ChannelAblation.of(session, batch(12), List.of(node))) {
      ablation.each(
          node,
          (channel, logits) -> {
            if (!Arrays.equals(logits, ablation.logits())) {
              changing.add(channel);
            }
          },
          told::add);
    }
    assertThat(changing).isEqualTo(ChannelsFixture.ALIVE.get(1));
    assertThat(told).containsExactly(1L, 2L, 3L, 4L);
  }

  /** Of the largest layer behind, for all images that go at once. */
  @Test
  void noMoreChannelsGoAtOnceThanMemoryAllows() {
    assertThat(ChannelAblation.step(1, 1)).isEqualTo(32);
    assertThat(ChannelAblation.step(1 << 17, 1)).isEqualTo(32);
    assertThat(ChannelAblation.step((1 << 17) + 1, 1)).isEqualTo(31);
    assertThat(ChannelAblation.step(1 << 20, 1)).isEqualTo(4);
    assertThat(ChannelAblation.step(1 << 20, 2)).isEqualTo(2);
    assertThat(ChannelAblation.step(1 << 20, 3)).isEqualTo(1);
    assertThat(ChannelAblation.step(1 << 23, 1)).as("at least one").isEqualTo(1);
    assertThat(ChannelAblation.step(1, 128)).as("at least one").isEqualTo(1);
  }

  @Test
  void aChannelIsOffBesideOthers() {
    Node first = Nodes.named(network, "ReLU_1");
    Node node = Nodes.named(network, "ReLU_2");
    Node last = Nodes.named(network, "ReLU_3");
    Map<Node, Set<Integer>> others = Map.of(first, Set.of(1), node, Set.of(0), last, Set.of(2));
    Map<Node, Set<Integer>> all = Map.of(first, Set.of(1), node, Set.of(0, 1), last, Set.of(2));
    try (Session session = network.start(Compute.onCpu(2))) {
      float[] expected = session.run(batch(3), all, Set.of(), (n, values) -> {});
      assertThat(ChannelAblation.without(session, batch(3), others, node, 1))
          .containsExactly(expected)
          .isNotEqualTo(session.run(batch(3), others, Set.of(), (n, values) -> {}));
      assertThat(ChannelAblation.without(session, batch(3), Map.of(), node, 1))
          .containsExactly(
              session.run(batch(3), Map.of(node, Set.of(1)), Set.of(), (n, values) -> {}));
    }
  }
}
