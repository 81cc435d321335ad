package io.fmviz.network.onnx.graph;

import static io.fmviz.network.onnx.SmallModel.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.fmviz.network.Compute;
import io.fmviz.network.Session;
import io.fmviz.network.onnx.OnnxFixture;
import io.fmviz.network.onnx.OnnxModel;
import io.fmviz.network.onnx.OnnxNetwork;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.network.onnx.engine.Engine;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.file.ModelReader;
import io.fmviz.network.onnx.file.Structure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphEditorTest {
  private static final OnnxFixture FIXTURE = OnnxFixture.of("folded");

  /** From x by a and b to y, and past b by c. */
  private static final SmallModel BRANCHES =
      new SmallModel(
              node("Add", "a", "x", "one"),
              node("Mul", "b", "a", "two"),
              node("Add", "c", "a", "two"),
              node("Sub", "y", "b", "c"))
          .with(number("one", 1), number("two", 2));

  private static TensorProto number(String name, float value) {
    return TensorProto.newBuilder().setName(name).setDataType(1).addFloatData(value).build();
  }

  private static GraphEditor editor(Structure structure) {
    return new GraphEditor(structure, new Graph(structure));
  }

  private static GraphProto edited(SmallModel model, Edit edit) {
    return editor(Structure.of(model.model(), List.of())).model(edit).model().getGraph();
  }

  private static GraphEditor ofFixture() {
    ModelReader.LoadedModel read = ModelReader.read(FIXTURE.file());
    Structure structure = Structure.of(read.model(), read.weights());
    assertThat(structure.weights()).isNotEmpty();
    return editor(structure);
  }

  private static List<String> operators(GraphProto graph) {
    return graph.getNodeList().stream().map(NodeProto::getOpType).toList();
  }

  private static List<String> inputs(GraphProto graph) {
    return graph.getInputList().stream().map(ValueInfoProto::getName).toList();
  }

  @Test
  void ofATensorTheShapeAloneCanBeAnOutput() {
    GraphProto graph = edited(BRANCHES, Edit.NONE.withShapes(List.of("b")));
    assertThat(operators(graph)).containsExactly("Add", "Mul", "Shape");
    assertThat(graph.getOutputList().stream().map(ValueInfoProto::getName))
        .containsExactly(Edit.shapeOf("b"));
  }

  @Test
  void channelsLastAreTransposedBothWays() {
    IntermediateOutput last =
        IntermediateOutput.of("a", ElementType.FLOAT16).with(ChannelAxis.LAST);
    GraphProto out = edited(BRANCHES, Edit.NONE.withOutputs(List.of(last)));
    assertThat(operators(out)).containsExactly("Add", "Cast", "Transpose");
    assertThat(out.getNode(2).getAttribute(0).getIntsList()).containsExactly(0L, 3L, 1L, 2L);
    assertThat(out.getOutput(0).getName()).isEqualTo(last.name());
    GraphProto in =
        edited(
            BRANCHES, Edit.NONE.withInputs(List.of(GraphInput.floats(last, 1, List.of(3, 8, 8)))));
    assertThat(operators(in)).containsExactly("Transpose", "Cast", "Mul", "Add", "Sub");
    assertThat(in.getNode(0).getAttribute(0).getIntsList()).containsExactly(0L, 2L, 3L, 1L);
    assertThat(inputs(in)).containsExactly(last.name());
    IntermediateOutput floats = IntermediateOutput.asIs("a");
    assertThat(Mask.of(floats, "Add_1", List.of(3, 8, 8)).sides()).containsExactly(1L, 3L, 1L, 1L);
    assertThat(Mask.of(floats.with(ChannelAxis.LAST), "Add_1", List.of(3, 8, 8)).sides())
        .containsExactly(1L, 1L, 1L, 3L);
  }

  private static float[] logits(OnnxNetwork network) {
    try (Session session = network.start(Compute.onCpu(1))) {
      return session.run(FIXTURE.batch(2), Set.of(), (node, values) -> {});
    }
  }

  @Test
  void aModelIsWrittenWithAllItsWeights(@TempDir Path folder) throws IOException, OrtException {
    Path file = folder.resolve("written.onnx");
    try (OutputStream out = Files.newOutputStream(file)) {
      ofFixture().model(Edit.NONE).whole().writeTo(out);
    }
    float[] expected = logits(FIXTURE.network());
    assertThat(logits(OnnxModel.read(file).network(3, 16, 16, false))).isEqualTo(expected);
    OrtEnvironment environment = Engine.environment();
    FloatBuffer images = FloatBuffer.wrap(FIXTURE.floats("input"));
    try (OrtSession session = environment.createSession(Files.readAllBytes(file));
        OnnxTensor input = OnnxTensor.createTensor(environment, images, new long[] {2, 3, 16, 16});
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), input))) {
      float[] logits = new float[10];
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(logits);
      assertThat(logits).containsExactly(expected, within(1e-5f));
    }
  }

  @Test
  void nothingElseOfAModelChangesWhereNothingIsAskedFor() {
    Structure structure = Structure.of(BRANCHES.model(), List.of());
    assertThat(editor(structure).model(Edit.NONE)).isEqualTo(structure);
  }

  @Test
  void whatNoOutputComesFromIsLeftOut() {
    GraphProto part =
        edited(
            BRANCHES,
            Edit.NONE.withOutputs(
                List.of(IntermediateOutput.asIs("c"), IntermediateOutput.asIs("a"))));
    assertThat(operators(part)).containsExactly("Add", "Add");
    assertThat(part.getOutputList()).extracting(ValueInfoProto::getName).containsExactly("c", "a");
    GraphEditor editor = ofFixture();
    String first = editor.graph().ops().get(0).output();
    assertThat(
            editor
                .model(Edit.NONE.withOutputs(List.of(IntermediateOutput.asIs(first))))
                .weightBytes())
        .isEqualTo(6 * 3 * 5 * 5 * 4);
  }

  @Test
  void aPartBeginsAtItsInputs() {
    GraphProto part =
        edited(
            BRANCHES,
            Edit.NONE
                .withOutputs(List.of(IntermediateOutput.asIs("y")))
                .withInputs(
                    List.of(
                        GraphInput.floats(IntermediateOutput.asIs("b"), 0, List.of(3, 8, 8)),
                        GraphInput.asIs("a", ElementType.FLOAT))));
    assertThat(operators(part)).containsExactly("Add", "Sub");
    assertThat(inputs(part)).containsExactly("b", "a");
    assertThat(part.getInitializerList()).extracting(TensorProto::getName).containsExactly("two");
  }

  @Test
  void othersReadWhatIsLeftByAMask() {
    Mask mask = Mask.of(IntermediateOutput.asIs("a"), "Add_1", List.of(3, 8, 8));
    GraphProto masked = edited(BRANCHES, Edit.NONE.withMasks(List.of(mask)));
    assertThat(operators(masked)).containsExactly("Add", "Where", "Mul", "Add", "Sub");
    assertThat(inputs(masked)).containsExactly("x", "a:fmviz-off");
    assertThat(mask.sides()).containsExactly(1L, 3L, 1L, 1L);
    assertThat(masked.getNode(0).getOutputList()).containsExactly("a:fmviz-before");
    assertThat(masked.getNode(1).getOutputList()).containsExactly("a");
  }

  @Test
  void aMaskOfWhatIsLeftOutIsLeftOutToo() {
    Mask mask = Mask.of(IntermediateOutput.asIs("b"), "Mul_1", List.of(3, 8, 8));
    GraphProto masked =
        edited(
            BRANCHES,
            Edit.NONE.withOutputs(List.of(IntermediateOutput.asIs("c"))).withMasks(List.of(mask)));
    assertThat(operators(masked)).containsExactly("Add", "Add");
    assertThat(inputs(masked)).containsExactly("x");
  }

  @Test
  void beforeThereWasWhereAMaskIsAProduct() {
    Mask mask = Mask.of(IntermediateOutput.asIs("a"), "Add_1", List.of(3, 8, 8));
    SmallModel old = new SmallModel(node("Abs", "a", "x"), node("Neg", "y", "a")).ofOperatorSet(8);
    assertThat(operators(edited(old, Edit.NONE.withMasks(List.of(mask)))))
        .containsExactly("Abs", "Not", "Cast", "Mul", "Neg");
  }
}
