package io.fmviz.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Node;
import io.fmviz.network.Rest;
import io.fmviz.network.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Channels that are zero while a network runs. */
class MasksTest {
  private static final Offset<Float> CLOSE = Offset.offset(1e-5f);

  private Session session;
  private Batch batch;
  private List<Node> nodes;
  private Node first;

  @BeforeEach
  void start() {
    OnnxFixture fixture = OnnxFixture.of("preserved");
    OnnxNetwork network = fixture.network();
    session = network.start(Compute.onCpu(1));
    batch = fixture.batch(2);
    nodes = network.nodes().stream().filter(Node::hasMaps).toList();
    first = nodes.get(0);
  }

  @AfterEach
  void stop() {
    session.close();
  }

  private Map<Node, float[]> outputs(Map<Node, Set<Integer>> off) {
    Map<Node, float[]> outputs = new HashMap<>();
    session.run(
        batch,
        off,
        Set.copyOf(nodes),
        (node, values) -> {
          float[] copy = new float[values.remaining()];
          values.get(copy);
          outputs.put(node, copy);
        });
    return outputs;
  }

  @Test
  void theAnswerIsThatOfTheRestWithoutTheChannel() {
    float[] off = session.run(batch, Map.of(first, Set.of(1)), Set.of(), (node, values) -> {});
    try (Rest rest = session.hold(batch, Set.of(first))) {
      assertThat(off).containsExactly(rest.without(first, 1), CLOSE);
      assertThat(off).isNotEqualTo(rest.logits());
    }
  }

  @Test
  void listenersHearZerosOfTheChannelAndNothingElseChangesInItsLayer() {
    Map<Node, float[]> all = outputs(Map.of());
    Map<Node, float[]> some = outputs(Map.of(first, Set.of(0, 2)));
    int map = first.height() * first.width();
    for (int i = 0; i < all.get(first).length; i++) {
      int channel = i / map % first.channels();
      float expected = channel == 0 || channel == 2 ? 0 : all.get(first)[i];
      assertThat(some.get(first)[i]).isCloseTo(expected, CLOSE);
    }
    Node next = nodes.get(1);
    assertThat(some.get(next)).isNotEqualTo(all.get(next));
  }

  @Test
  void allAreOnAgainInTheNextRun() {
    float[] before = session.run(batch, Set.of(first), (node, values) -> {});
    outputs(Map.of(first, Set.of(0), nodes.get(1), Set.of(1)));
    assertThat(session.run(batch, Set.of(first), (node, values) -> {})).isEqualTo(before);
  }
}
