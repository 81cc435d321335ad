package io.fmviz.network.onnx.run;

import static io.fmviz.network.onnx.SmallModel.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.fmviz.network.Node;
import io.fmviz.network.ResumableBatch;
import io.fmviz.network.onnx.SmallModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResumableOnnxBatchTest {
  @TempDir private Path folder;

  private SmallGraph graph(boolean anyBatch) throws IOException {
    SmallModel model = SmallGraph.residual();
    return SmallGraph.of(anyBatch ? model.ofAnyBatch() : model, folder);
  }

  private static float[] masked(OnnxSession session, Node node, int channel, int images) {
    return session.run(
        SmallGraph.batch(images), Map.of(node, Set.of(channel)), Set.of(), (heard, values) -> {});
  }

  /** Whether a batch goes through at once or image by image. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withoutAChannelTheLogitsAreThoseOfTheNetworkWithAMask(boolean anyBatch) throws IOException {
    SmallGraph graph = graph(anyBatch);
    Set<Node> all = Set.copyOf(graph.layered().layers().nodes());
    try (OnnxSession session = graph.session();
        ResumableBatch resumable = session.resumable(SmallGraph.batch(2), all)) {
      for (Node node : all) {
        float[] without = resumable.withoutEach(node, 1, 1);
        assertThat(without).containsExactly(masked(session, node, 1, 2), within(1e-5f));
        assertThat(without.length).isEqualTo(6);
      }
      assertThat(resumable.withoutEach(graph.layer("d"), 1, 1)).isEqualTo(resumable.logits());
    }
  }

  @Test
  void whatWasHeldIsAsItWas() throws IOException {
    SmallGraph graph = graph(true);
    Node node = graph.layer("r");
    try (OnnxSession session = graph.session();
        ResumableBatch resumable = session.resumable(SmallGraph.batch(2), Set.of(node))) {
      float[] output = resumable.output(node);
      float[] logits = resumable.logits();
      resumable.withoutEach(node, 0, 1);
      resumable.withoutEach(node, 0, 3);
      resumable.after(node, new float[output.length]);
      assertThat(resumable.output(node)).isEqualTo(output);
      assertThat(resumable.logits()).isEqualTo(logits);
      assertThat(resumable.after(node, output)).containsExactly(logits, within(1e-6f));
    }
  }

  /** What goes past b is there for each of its copies too. */
  @ParameterizedTest
  @CsvSource({"r, 1", "r, 3", "b, 1", "b, 3", "t, 2"})
  void severalChannelsAtOnceAreWhatEachIsAlone(String tensor, int images) throws IOException {
    SmallGraph graph = graph(true);
    Node node = graph.layer(tensor);
    try (OnnxSession session = graph.session();
        ResumableBatch resumable = session.resumable(SmallGraph.batch(images), Set.of(node))) {
      float[] several = resumable.withoutEach(node, 1, 2);
      assertThat(several.length).isEqualTo(2 * images * 3);
      for (int i = 0; i < 2; i++) {
        float[] one = Arrays.copyOfRange(several, i * images * 3, (i + 1) * images * 3);
        assertThat(one).containsExactly(resumable.withoutEach(node, 1 + i, 1), within(1e-5f));
      }
    }
    assertThat(graph.loaded()).hasSize(2);
  }

  /** One number for the whole batch can't be there once for each copy. */
  @Test
  void whatHasNoRowForEachImageGoesInAsItIs() throws IOException {
    SmallModel model =
        new SmallModel(
                node("Relu", "r", "x"),
                node("Neg", "b", "r"),
                node("ReduceMax", "m", "r"),
                node("Reshape", "n", "m", "one"),
                node("Mul", "s", "b", "n"),
                node("GlobalAveragePool", "p", "s"),
                node("Flatten", "y", "p"))
            .with(one())
            .ofAnyBatch();
    SmallGraph graph = SmallGraph.of(model, folder);
    Node b = graph.layer("b");
    try (OnnxSession session = graph.session();
        ResumableBatch resumable = session.resumable(SmallGraph.batch(1), Set.of(b))) {
      float[] each = resumable.withoutEach(b, 0, 3);
      for (int channel = 0; channel < 3; channel++) {
        float[] expected = resumable.logits();
        expected[channel] = 0;
        assertThat(Arrays.copyOfRange(each, channel * 3, channel * 3 + 3))
            .containsExactly(expected, within(1e-6f));
      }
    }
  }

  @Test
  void anotherBatchCanBeHeldMeanwhile() throws IOException {
    SmallGraph graph = graph(true);
    Node node = graph.layer("b");
    try (OnnxSession session = graph.session();
        ResumableBatch first = session.resumable(SmallGraph.batch(1), Set.of(node))) {
      float[] before = first.withoutEach(node, 0, 1);
      try (ResumableBatch second = session.resumable(SmallGraph.batch(2), Set.of(node))) {
        assertThat(Arrays.copyOf(second.withoutEach(node, 0, 1), 3))
            .containsExactly(before, within(1e-6f));
      }
      assertThat(first.withoutEach(node, 0, 1)).isEqualTo(before);
    }
    assertThat(graph.loaded()).hasSize(2);
  }

  @Test
  void whatIsHeldOutlivesTheSessionThatMadeIt() throws IOException {
    SmallGraph graph = graph(true);
    Node node = graph.layer("b");
    try (OnnxSession session = graph.session();
        ResumableBatch resumable = session.resumable(SmallGraph.batch(2), Set.of(node))) {
      float[] without = resumable.withoutEach(node, 0, 1);
      session.resumable(SmallGraph.batch(1), Set.of(graph.layer("r"))).close();
      assertThat(resumable.withoutEach(node, 0, 1)).isEqualTo(without);
      assertThat(graph.loaded()).hasSize(4);
    }
  }

  @Test
  void onlyWhatWasChosenIsHeld() throws IOException {
    SmallGraph graph = graph(true);
    try (OnnxSession session = graph.session();
        ResumableBatch resumable =
            session.resumable(SmallGraph.batch(1), Set.of(graph.layer("b")))) {
      assertThatThrownBy(() -> resumable.output(graph.layer("r")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("ReLU_1 was not held");
    }
  }

  private static TensorProto one() {
    return TensorProto.newBuilder()
        .setName("one")
        .setDataType(7)
        .addDims(1)
        .addInt64Data(1)
        .build();
  }
}
