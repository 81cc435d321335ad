package io.fmviz.network.onnx;

import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.weight;
import static io.fmviz.network.onnx.SmallModel.withAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fmviz.dataset.FloatImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.LinearHead;
import io.fmviz.network.Node;
import io.fmviz.network.ResumableBatch;
import io.fmviz.network.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network with its channels last is seen as its twin with its channels first. */
class ChannelsLastTest {
  private static final Offset<Float> CLOSE = within(1e-5f);

  @TempDir private Path folder;
  private OnnxNetwork first;
  private OnnxNetwork last;

  @BeforeEach
  void read() throws IOException {
    first = network("first", Twins.channelsFirst(), false);
    last = network("last", Twins.channelsLast(), true);
  }

  private OnnxNetwork network(String name, SmallModel model, boolean channelsLast)
      throws IOException {
    Path file = Files.write(folder.resolve(name + ".onnx"), model.bytes());
    return OnnxModel.read(file).network(3, 8, 8, channelsLast);
  }

  private static Batch batch(int images) {
    float[] pixels = new float[images * 3 * 64];
    int[] order = new int[images];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i * 37 % 101 - 50) / 25f;
    }
    for (int i = 0; i < images; i++) {
      order[i] = i;
    }
    return Batch.of(new FloatImages(pixels, 3, 8, 8), order, 0, images);
  }

  private static Node layer(OnnxNetwork network, String name) {
    return network.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }

  /** What every layer makes, by its name, and the logits. */
  private static Map<String, float[]> outputs(OnnxNetwork network, Map<Node, Set<Integer>> off) {
    Map<String, float[]> outputs = new LinkedHashMap<>();
    try (Session session = network.start(Compute.onCpu(1))) {
      float[] logits =
          session.run(
              batch(3),
              off,
              Set.copyOf(network.nodes()),
              (node, values) -> {
                float[] copy = new float[values.remaining()];
                values.get(copy);
                outputs.put(node.name(), copy);
              });
      outputs.put("logits", logits);
    }
    return outputs;
  }

  private static List<String> facts(OnnxNetwork network) {
    return network.nodes().stream()
        .map(
            node ->
                List.of(
                        node.name(),
                        node.tensor().orElseThrow(),
                        node.inputs(),
                        node.shape(),
                        node.parameters(),
                        node.window(),
                        node.deadRule(),
                        node.kind())
                    .toString())
        .toList();
  }

  @Test
  void layersAreThoseOfTheTwin() {
    assertThat(facts(last)).isEqualTo(facts(first)).hasSize(8);
    assertThat(layer(last, "ReLU_1").shape()).containsExactly(5, 8, 8);
    assertThat(layer(last, "Conv2d_2").tensor()).hasValue("a2");
    assertThat(last.notShown()).isEqualTo(first.notShown());
  }

  @Test
  void mapsAreThoseOfTheTwinToTheLastBit() {
    Map<String, float[]> expected = outputs(first, Map.of());
    Map<String, float[]> actual = outputs(last, Map.of());
    for (String layer : List.of("Conv2d_1", "ReLU_1", "MaxPool2d_1", "Conv2d_2", "ReLU_2")) {
      assertThat(actual.get(layer)).as(layer).isEqualTo(expected.get(layer));
    }
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach(
        (layer, values) ->
            assertThat(values).as(layer).containsExactly(expected.get(layer), CLOSE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Conv2d_1", "ReLU_1", "MaxPool2d_1", "Conv2d_2", "SiLU_1", "Concat_1"})
  void channelsAreSetToZeroAsInTheTwin(String layer) {
    Map<String, float[]> expected = outputs(first, Map.of(layer(first, layer), Set.of(1, 4)));
    Map<String, float[]> actual = outputs(last, Map.of(layer(last, layer), Set.of(1, 4)));
    assertThat(expected.get("logits")).isNotEqualTo(outputs(first, Map.of()).get("logits"));
    actual.forEach(
        (name, values) -> assertThat(values).as(name).containsExactly(expected.get(name), CLOSE));
  }

  @Test
  void theRestRunsAgainAsInTheTwin() {
    try (Session ours = last.start(Compute.onCpu(1));
        Session twins = first.start(Compute.onCpu(1));
        ResumableBatch held = ours.resumable(batch(2), Set.copyOf(last.nodes()));
        ResumableBatch twin = twins.resumable(batch(2), Set.copyOf(first.nodes()))) {
      for (Node node : last.nodes()) {
        Node other = layer(first, node.name());
        assertThat(held.output(node)).containsExactly(twin.output(other), CLOSE);
        for (int count : new int[] {1, 2}) {
          assertThat(held.withoutEach(node, 1, count))
              .as("%s without %d", node, count)
              .containsExactly(twin.withoutEach(other, 1, count), CLOSE);
        }
        float[] doubled = held.output(node);
        for (int i = 0; i < doubled.length; i++) {
          doubled[i] *= 2;
        }
        assertThat(held.after(node, doubled)).containsExactly(twin.after(other, doubled), CLOSE);
      }
    }
  }

  /** {@code [N,1,1,C]} counts as {@code [N,C]}, as {@code [N,C,1,1]} does. */
  @Test
  void scoresOfOnePositionAreTheAnswer() throws IOException {
    SmallModel model =
        new SmallModel(
                withAll(node("Transpose", "t", "x"), "perm", 0, 3, 1, 2),
                node("Conv", "c", "t", "w"),
                withAll(node("Transpose", "l", "c"), "perm", 0, 2, 3, 1),
                withAll(node("ReduceMean", "y", "l"), "axes", 1, 2))
            .ofPictures(-1, 8, 8, 3)
            .with(weight("w", 4, 3, 1, 1));
    OnnxNetwork network = network("one", model, true);
    assertThat(network.classes()).isEqualTo(4);
    assertThat(network.head().orElseThrow().node().name()).isEqualTo("Conv2d_1");
    Node conv = layer(network, "Conv2d_1");
    try (Session session = network.start(Compute.onCpu(1));
        ResumableBatch held = session.resumable(batch(1), Set.of(conv))) {
      float[] expected = held.logits();
      expected[2] = 0;
      assertThat(held.withoutEach(conv, 2, 1)).containsExactly(expected, CLOSE);
    }
  }

  @Test
  void theHeadIsFound() {
    LinearHead head = last.head().orElseThrow();
    assertThat(head.node().name()).isEqualTo("ReLU_2");
    assertThat(head.weights(2)).isEqualTo(first.head().orElseThrow().weights(2)).hasSize(11);
    assertThat(head.bias(0)).isEqualTo(1);
  }
}
