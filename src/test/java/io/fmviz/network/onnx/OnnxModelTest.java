package io.fmviz.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.fmviz.analysis.LayerTable;
import io.fmviz.base.Sha256;
import io.fmviz.base.UserException;
import io.fmviz.dataset.FloatImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.DeadRule;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelTest {
  @TempDir private Path folder;

  private static ValueInfoProto value(String name, int type, long... shape) {
    TensorShapeProto.Builder sides = TensorShapeProto.newBuilder();
    for (long side : shape) {
      sides.addDimBuilder().setDimValue(side);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(sides)))
        .build();
  }

  private static NodeProto node(String type, String output, String... inputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(type).addOutput(output);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node.build();
  }

  private static ModelProto.Builder model(GraphProto.Builder graph, long operators) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("test")
        .setGraph(graph.setName("g"))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(operators));
  }

  /** Relu of a picture. */
  private static GraphProto.Builder relu() {
    return GraphProto.newBuilder()
        .addInput(value("x", 1, 1, 3, 4, 4))
        .addNode(node("Relu", "y", "x"))
        .addOutput(value("y", 1, 1, 3, 4, 4));
  }

  private Path write(ModelProto.Builder model) {
    return write(model.build().toByteArray());
  }

  private Path write(byte... bytes) {
    try {
      return Files.write(folder.resolve("x.onnx"), bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> OnnxModel.read(file).network(3, 4, 4, false))
        .isInstanceOf(UserException.class)
        .hasMessage(message.replace("FILE", file.toString()).replace("FOLDER", folder.toString()));
  }

  private static TensorProto weight(String name) {
    return TensorProto.newBuilder().setName(name).setDataType(1).addFloatData(1).build();
  }

  /** ONNX Runtime takes the last one, and what was shown of them was the first. */
  @Test
  void aNameThatTwoTensorsHaveIsRefused() {
    String message =
        "FILE has two tensors named w, and readers differ in which one counts: export the"
            + " model again";
    GraphProto.Builder two = relu().addInitializer(weight("w")).addInitializer(weight("w"));
    assertRefused(write(model(two, 13)), message);
    GraphProto.Builder sparse =
        relu()
            .addInitializer(weight("w"))
            .addSparseInitializer(SparseTensorProto.newBuilder().setValues(weight("w")));
    assertRefused(write(model(sparse, 13)), message);
    GraphProto.Builder computed =
        relu().addInitializer(weight("w")).addNode(node("Relu", "w", "x"));
    assertRefused(write(model(computed, 13)), message);
    GraphProto.Builder unnamed =
        relu().addNode(node("Relu", "", "x")).addNode(node("Relu", "", "x"));
    assertThat(OnnxModel.read(write(model(unnamed, 13))).network(3, 4, 4, false).nodes())
        .isNotEmpty();
  }

  @Test
  void whatIsNoModelIsRefused() {
    assertRefused(write(), "FILE is empty: export the model again");
    assertRefused(folder, "FOLDER is a folder: name the .onnx file in it");
    assertRefused(folder.resolve("no"), "cannot read FOLDER/no: no such file or folder");
    assertRefused(
        write("hello, world".getBytes(StandardCharsets.UTF_8)),
        "FILE is not an ONNX model; name a .onnx file");
    assertRefused(
        write("PK\u0003\u0004 and more".getBytes(StandardCharsets.UTF_8)),
        "FILE is a zip archive, not an ONNX model; unpack it, and name a file that was in it");
    byte[] whole = model(relu(), 13).build().toByteArray();
    assertRefused(
        write(Arrays.copyOf(whole, whole.length - 3)),
        "FILE is a damaged ONNX model, or is cut short; copy or export it again");
  }

  @Test
  void whatTakesNoPictureIsRefused() {
    assertRefused(
        write(model(GraphProto.newBuilder().addInput(value("x", 1, 1, 3, 4, 4)), 13)),
        "FILE has a graph without operators: export the model again");
    assertRefused(
        write(model(relu().clearInput().addInput(value("x", 1, 3, 4, 4)), 13)),
        "FILE's input x has 3 dimensions: pictures take four, (batch, channels, height, width)");
    assertRefused(
        write(
            model(
                relu().clearInput().addInput(value("x", 1, 3, 4)).addInput(value("z", 1, 1)), 13)),
        "none of FILE's inputs (x, z) has the four dimensions of pictures, (batch, channels,"
            + " height, width)");
    assertRefused(
        write(model(relu().clearInput(), 13)),
        "FILE has no input for pictures: export it with one");
    assertRefused(
        write(model(relu().clearInput().addInput(value("x", 8, 1, 3, 4, 4)), 13)),
        "FILE's input x doesn't take numbers: export it with an input of float32");
    assertRefused(
        write(model(relu().clearInput().addInput(value("x", 1, 1, 3, 1 << 20, 1 << 20)), 13)),
        "FILE's input [1, 3, 1048576, 1048576] is larger than any picture: export it for smaller"
            + " ones");
  }

  @Test
  void whatOnnxRuntimeDoesNotKnowIsRefusedWithWhatToDo() {
    assertThatThrownBy(() -> OnnxModel.read(write(model(relu(), 99))).network(3, 4, 4, false))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("ONNX Runtime can't run " + folder.resolve("x.onnx"))
        .hasMessageEndingWith("export it with an older operator set, 17 say");
    GraphProto.Builder custom = relu();
    custom.getNodeBuilder(0).setOpType("Mine").setDomain("my.own");
    assertThatThrownBy(
            () ->
                OnnxModel.read(
                        write(
                            model(custom, 13)
                                .addOpsetImport(
                                    OperatorSetIdProto.newBuilder()
                                        .setDomain("my.own")
                                        .setVersion(1))))
                    .network(3, 4, 4, false))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("export it with ONNX's own operators alone");
  }

  private static TensorProto.Builder external(String location) {
    return TensorProto.newBuilder()
        .setName("w")
        .setDataType(1)
        .addDims(3)
        .addDims(1)
        .addDims(1)
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(StringStringEntryProto.newBuilder().setKey("location").setValue(location));
  }

  private static GraphProto.Builder scaled(TensorProto.Builder weight) {
    return relu()
        .clearNode()
        .addNode(node("Mul", "m", "x", "w"))
        .addNode(node("Relu", "y", "m"))
        .addInitializer(weight);
  }

  @Test
  void externalDataIsReadFromTheModelsFolderAlone() throws IOException {
    Path file = write(model(scaled(external("w.bin")), 13));
    assertRefused(
        file, "FILE keeps its weights in w.bin, which is not there: put it beside the model");
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putFloat(2).putFloat(3).putFloat(Float.NaN);
    Files.write(folder.resolve("w.bin"), bytes.array());
    OnnxNetwork network = OnnxModel.read(file).network(3, 4, 4, false);
    assertThat(network.nodes().stream().map(Node::name)).containsExactly("Mul_1", "ReLU_1");
    assertThat(network.notNumbers()).isEqualTo(1);
    for (String outside : new String[] {"../w.bin", "/etc/passwd", ""}) {
      assertRefused(
          write(model(scaled(external(outside)), 13)),
          "FILE wants weights from \"%s\", outside its folder: export it with its weights beside it"
              .formatted(outside));
    }
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Files.createSymbolicLink(inside.resolve("link"), folder.resolve("w.bin"));
    Files.copy(write(model(scaled(external("link")), 13)), inside.resolve("y.onnx"));
    assertThatThrownBy(() -> OnnxModel.read(inside.resolve("y.onnx")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("outside its folder");
  }

  @Test
  void externalDataOfSubgraphsIsReadFromTheModelsFolderAlone() {
    NodeProto inner =
        NodeProto.newBuilder()
            .setOpType("Constant")
            .addOutput("c")
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("value")
                    .setType(AttributeProto.AttributeType.TENSOR)
                    .setT(external("../secret")))
            .build();
    AttributeProto branch =
        AttributeProto.newBuilder()
            .setName("then_branch")
            .setType(AttributeProto.AttributeType.GRAPH)
            .setG(GraphProto.newBuilder().addNode(inner))
            .build();
    assertRefused(
        write(
            model(
                relu().addNode(NodeProto.newBuilder(node("If", "i", "x")).addAttribute(branch)),
                13)),
        "FILE wants weights from \"../secret\", outside its folder: export it with its weights"
            + " beside it");
  }

  @Test
  void theHashIsTheFilesAndOfAllFilesWhereWeightsHaveTheirOwn() throws IOException {
    Path alone = write(model(relu(), 13));
    assertThat(OnnxModel.read(alone).sha256()).isEqualTo(Sha256.of(alone));
    Path file = write(model(scaled(external("w.bin")), 13));
    Path weights = folder.resolve("w.bin");
    Files.write(weights, new byte[12]);
    String both = OnnxModel.read(file).sha256();
    assertThat(both)
        .isEqualTo(Sha256.of(Sha256.of(file) + "\n" + Sha256.of(weights) + "\n"))
        .isNotEqualTo(Sha256.of(file));
    Files.write(weights, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    assertThat(OnnxModel.read(file).sha256()).isNotEqualTo(both);
  }

  @Test
  void namesAreTextWhateverTheyAre() {
    String name = "../<b>\u001b[2J\n";
    GraphProto.Builder graph =
        relu()
            .clearNode()
            .clearOutput()
            .addNode(NodeProto.newBuilder(node("Relu", name, "x")).setName(name))
            .addOutput(value(name, 1, 1, 3, 4, 4));
    Node node = OnnxModel.read(write(model(graph, 13))).network(3, 4, 4, false).nodes().get(0);
    assertThat(node.name()).isEqualTo("ReLU_1");
    assertThat(node.path()).doesNotContain("\u001b", "\n");
    assertThat(node.tensor()).contains("../<b>?[2J?");
  }

  /** Going into itself for each of them took the stack. */
  @Test
  void aChainOfAnyLengthIsALayer() {
    GraphProto.Builder graph = relu().clearNode().addNode(node("Relu", "t0", "x"));
    int count = 12_000;
    for (int i = 1; i < count; i++) {
      graph.addNode(node("Identity", i == count - 1 ? "y" : "t" + i, "t" + (i - 1)));
    }
    OnnxNetwork network = OnnxModel.read(write(model(graph, 13))).network(3, 4, 4, false);
    assertThat(network.nodes()).extracting(Node::name).containsExactly("ReLU_1", "Identity_1");
    assertThat(network.nodes().get(1).deadRule()).contains(DeadRule.ZERO);
  }

  @Test
  void aMapBeyondAllNumbersIsRefused() {
    TensorProto.Builder shape =
        TensorProto.newBuilder().setName("s").setDataType(7).addDims(4).addInt64Data(1);
    for (int i = 0; i < 3; i++) {
      shape.addInt64Data(Integer.MAX_VALUE);
    }
    GraphProto.Builder graph =
        relu()
            .clearNode()
            .clearOutput()
            .addInitializer(shape)
            .addNode(node("GlobalMaxPool", "m", "x"))
            .addNode(node("ReduceSum", "r", "m"))
            .addNode(node("Expand", "y", "r", "s"))
            .addOutput(ValueInfoProto.newBuilder().setName("y"));
    assertRefused(
        write(model(graph, 13)),
        "FILE makes 2147483647 x 2147483647 x 2147483647 of an image, for y: more values than can"
            + " be looked at; export it for smaller pictures");
  }

  @Test
  void initializersAreNoInputsEvenWhereTheyAreListed() {
    TensorProto.Builder weight =
        TensorProto.newBuilder().setName("w").setDataType(1).addDims(1).addFloatData(2);
    ModelProto.Builder old = model(scaled(weight).addInput(value("w", 1, 1)), 8).setIrVersion(3);
    assertThat(OnnxModel.read(write(old)).network(3, 4, 4, false).nodes()).hasSize(2);
  }

  private static TensorProto.Builder ones(String name, long... dims) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(1);
    long size = 1;
    for (long side : dims) {
      tensor.addDims(side);
      size *= side;
    }
    for (int i = 0; i < size; i++) {
      tensor.addFloatData(1);
    }
    return tensor;
  }

  @Test
  void aLinearLayerInTheMiddleCountsButIsNoNode() {
    GraphProto.Builder graph =
        relu()
            .clearNode()
            .clearOutput()
            .addInitializer(ones("w", 48, 5))
            .addInitializer(ones("b", 5))
            .addInitializer(ones("v", 5, 2))
            .addNode(node("Relu", "r", "x"))
            .addNode(node("Flatten", "f", "r"))
            .addNode(node("Gemm", "hidden", "f", "w", "b"))
            .addNode(node("Relu", "s", "hidden"))
            .addNode(node("MatMul", "y", "s", "v"))
            .addOutput(value("y", 1, 1, 2));
    OnnxNetwork network = OnnxModel.read(write(model(graph, 13))).network(3, 4, 4, false);
    assertThat(network.nodes()).extracting(Node::name).containsExactly("ReLU_1", "Linear_1");
    LayerTable table = LayerTable.of(network);
    assertThat(table.layers())
        .extracting(LayerTable.Row::name)
        .containsExactly("ReLU_1", "Linear", "Linear_1");
    assertThat(table.layers())
        .extracting(LayerTable.Row::parameters)
        .containsExactly(0L, 48L * 5 + 5, 10L);
    assertThat(table.layers())
        .extracting(LayerTable.Row::flops)
        .containsExactly(0L, 2L * 48 * 5, 2L * 10);
    assertThat(table.layers().get(1).outputShape()).containsExactly(5);
    assertThat(table.parameters()).isEqualTo(255);
    assertThat(network.notShown())
        .containsExactly("these count, but give no maps: hidden (Linear)");
  }

  @Test
  void quantizedMapsAreShownAsRealNumbers() {
    TensorProto.Builder scale =
        TensorProto.newBuilder().setName("s").setDataType(1).addFloatData(0.5f);
    TensorProto.Builder zero =
        TensorProto.newBuilder()
            .setName("z")
            .setDataType(2)
            .setRawData(ByteString.copyFrom(new byte[] {10}));
    GraphProto.Builder graph =
        relu()
            .clearNode()
            .addInitializer(scale)
            .addInitializer(zero)
            .addNode(node("QuantizeLinear", "q", "x", "s", "z"))
            .addNode(node("DequantizeLinear", "y", "q", "s", "z"));
    OnnxNetwork network = OnnxModel.read(write(model(graph, 13))).network(3, 4, 4, false);
    assertThat(network.nodes().stream().map(Node::name))
        .containsExactly("QuantizeLinear_1", "DequantizeLinear_1");
    float[] images = new float[2 * 48];
    images[3] = 1.3f;
    images[4] = -100;
    try (Session session = network.start(Compute.onCpu(1))) {
      session.run(
          Batch.of(new FloatImages(images, 3, 4, 4), new int[] {0}, 0, 1),
          Set.copyOf(network.nodes()),
          (node, values) -> {
            assertThat(values.get(3)).isEqualTo(1.5f);
            assertThat(values.get(4)).isEqualTo(-5f);
          });
    }
  }

  @Test
  void whatIsInsideOfBranchesIsSaidNotToBeShown() {
    GraphProto body =
        GraphProto.newBuilder()
            .setName("b")
            .addNode(node("Relu", "r", "x"))
            .addOutput(value("r", 1, 1, 3, 4, 4))
            .build();
    NodeProto most = SmallModel.with(node("ReduceMax", "m", "x"), "keepdims", 0);
    TensorProto.Builder zero = TensorProto.newBuilder().setName("z").setDataType(1).addFloatData(0);
    NodeProto isBright = node("Greater", "c", "m", "z");
    NodeProto.Builder choice = NodeProto.newBuilder(node("If", "i", "c"));
    for (String branch : new String[] {"then_branch", "else_branch"}) {
      choice.addAttribute(
          AttributeProto.newBuilder()
              .setName(branch)
              .setType(AttributeProto.AttributeType.GRAPH)
              .setG(body));
    }
    GraphProto.Builder graph =
        relu()
            .clearNode()
            .addInitializer(zero)
            .addNode(most)
            .addNode(isBright)
            .addNode(choice)
            .addNode(node("Relu", "y", "i"));
    OnnxNetwork network = OnnxModel.read(write(model(graph, 13))).network(3, 4, 4, false);
    assertThat(network.notShown())
        .contains("what runs inside of If, Loop and Scan can't be looked at (1 of them)");
  }
}
