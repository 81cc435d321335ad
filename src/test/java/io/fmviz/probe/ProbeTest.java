package io.fmviz.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.Nodes;
import io.fmviz.TorchFixture;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeTest {
  private final Network network = TorchFixture.network("before.");
  private final Session session = network.start(Compute.onCpu(2));

  @AfterEach
  void close() {
    session.close();
  }

  /** The 12 images of the fixture, again and again: the n-th is the fixture's image n mod 12. */
  private static LabeledImages images(int count) {
    byte[] pixels = TorchFixture.bytes("images");
    byte[] many = new byte[count * 784];
    for (int i = 0; i < count; i++) {
      System.arraycopy(pixels, i % 12 * 784, many, i * 784, 784);
    }
    return LabeledImages.ofTen(many, new byte[count], 28, 28);
  }

  @Test
  void handsOnEveryBatchAsPyTorchComputesIt() {
    List<String> heard = new ArrayList<>();
    List<String> ticks = new ArrayList<>();
    float[] expected = TorchFixture.floats("out.MaxPool2d_2");
    float[] logitsOf12 = TorchFixture.floats("logits");
    int[] indices = IntStream.range(0, 300).map(i -> 299 - i).toArray();
    Probe probe = new Probe(session, images(300), Nodes.of(network, "ReLU_1", "MaxPool2d_2"));
    probe.run(
        indices,
        new Probe.Consumer() {
          @Override
          public void node(Node node, Batch batch, int[] shape, float[] values) {
            heard.add(node + " " + batch.first() + " " + Arrays.toString(shape));
            for (int n = 0; n < shape[0] && node.name().equals("MaxPool2d_2"); n++) {
              if (batch.indices()[n] % 12 == 0) {
                int size = expected.length;
                assertThat(Arrays.copyOfRange(values, n * size, (n + 1) * size))
                    .containsExactly(expected, Offset.offset(1e-5f));
              }
            }
          }

          @Override
          public void logits(Batch batch, float[] logits) {
            heard.add("logits " + batch.first() + " " + batch.count());
            assertThat(logits).hasSize(10 * batch.count());
            for (int n = 0; n < batch.count(); n++) {
              int from = batch.indices()[n] % 12 * 10;
              assertThat(Arrays.copyOfRange(logits, n * 10, n * 10 + 10))
                  .containsExactly(
                      Arrays.copyOfRange(logitsOf12, from, from + 10), Offset.offset(1e-5f));
            }
          }
        },
        (done, total) -> ticks.add(done + " of " + total));
    assertThat(heard)
        .containsExactly(
            "ReLU_1 0 [128, 2, 28, 28]",
            "MaxPool2d_2 0 [128, 4, 7, 7]",
            "logits 0 128",
            "ReLU_1 128 [128, 2, 28, 28]",
            "MaxPool2d_2 128 [128, 4, 7, 7]",
            "logits 128 128",
            "ReLU_1 256 [44, 2, 28, 28]",
            "MaxPool2d_2 256 [44, 4, 7, 7]",
            "logits 256 44");
    assertThat(ticks).containsExactly("128 of 300", "256 of 300", "300 of 300");
  }

  @Test
  void givesTheLogitsInOrderWhereNobodyListensAndBatchesRunSideBySide() {
    List<String> heard = new ArrayList<>();
    float[] logitsOf12 = TorchFixture.floats("logits");
    Probe.ofSize(session, images(100), 7)
        .run(
            IntStream.range(0, 100).toArray(),
            new Probe.Consumer() {
              @Override
              public void logits(Batch batch, float[] logits) {
                heard.add(batch.first() + " " + batch.count());
                assertThat(logits).hasSize(10 * batch.count());
                for (int n = 0; n < batch.count(); n++) {
                  int from = (batch.first() + n) % 12 * 10;
                  assertThat(Arrays.copyOfRange(logits, n * 10, n * 10 + 10))
                      .containsExactly(
                          Arrays.copyOfRange(logitsOf12, from, from + 10), Offset.offset(1e-5f));
                }
              }
            },
            (done, total) -> heard.add(done + " of " + total));
    assertThat(heard).hasSize(2 * 15).startsWith("0 7", "7 of 100", "7 7", "14 of 100");
    assertThat(heard).endsWith("98 2", "100 of 100");
  }

  /** Every node's output for the first image, and its logits. */
  private Map<String, float[]> ofTheFirst(int count, boolean listens) {
    Map<String, float[]> values = new LinkedHashMap<>();
    List<Node> nodes = listens ? network.nodes() : List.of();
    Probe probe = new Probe(session, images(count), nodes);
    probe.run(
        probe.all(),
        new Probe.Consumer() {
          @Override
          public void node(Node node, Batch batch, int[] shape, float[] output) {
            int size = Math.toIntExact(node.size());
            values.putIfAbsent(node.name(), Arrays.copyOf(output, size));
          }

          @Override
          public void logits(Batch batch, float[] logits) {
            values.putIfAbsent("logits", Arrays.copyOf(logits, 10));
          }
        },
        (done, total) -> {});
    return values;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givesAnImageTheSameBitsWhateverComesWithIt(boolean listens) {
    Map<String, float[]> alone = ofTheFirst(1, listens);
    assertThat(alone).hasSize(listens ? 11 : 1);
    for (int count : new int[] {5, 130}) {
      Map<String, float[]> among = ofTheFirst(count, listens);
      assertThat(among.keySet()).isEqualTo(alone.keySet());
      alone.forEach(
          (name, values) ->
              assertThat(among.get(name)).as("%s of %d", name, count).isEqualTo(values));
    }
  }

  @Test
  void refusesNodesOfAnotherNetworkEachTimeAnew() {
    Node other = TorchFixture.network("before.").nodes().get(1);
    Probe probe = new Probe(session, images(1), List.of(other));
    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(() -> probe.run(new int[] {0}, null, (done, total) -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("some of the nodes belong to another network");
    }
  }
}
