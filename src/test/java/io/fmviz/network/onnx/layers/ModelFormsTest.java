package io.fmviz.network.onnx.layers;

import static io.fmviz.network.onnx.SmallModel.call;
import static io.fmviz.network.onnx.SmallModel.function;
import static io.fmviz.network.onnx.SmallModel.integers;
import static io.fmviz.network.onnx.SmallModel.microsoft;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.shaped;
import static io.fmviz.network.onnx.SmallModel.small;
import static io.fmviz.network.onnx.SmallModel.smallWeight;
import static io.fmviz.network.onnx.SmallModel.weight;
import static io.fmviz.network.onnx.SmallModel.with;
import static io.fmviz.network.onnx.SmallModel.withAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import io.fmviz.base.UserException;
import io.fmviz.dataset.FloatImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.DeadRule;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.network.onnx.OnnxModel;
import io.fmviz.network.onnx.OnnxNetwork;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.network.onnx.file.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One network in the forms that ONNX allows for it: it is the same layers in all of them. */
class ModelFormsTest {
  private static final NodeProto CONV = node("Conv", "c", "x", "w", "b");
  private static final NodeProto[] PLAIN = {
    CONV, node("Relu", "r", "c"), node("GlobalAveragePool", "p", "r"), node("Flatten", "y", "p")
  };
  private static final List<String> LAYERS =
      List.of("Conv2d_1 112", "ReLU_1 0", "AdaptiveAvgPool2d_1 0", "Flatten_1 0");

  @TempDir Path folder;

  private OnnxNetwork network(ModelProto model) throws IOException {
    Path file = Files.write(folder.resolve("m.onnx"), model.toByteArray());
    return OnnxModel.read(file).network(3, 8, 8, false);
  }

  private OnnxNetwork network(NodeProto... nodes) throws IOException {
    return network(model(nodes).model());
  }

  private static SmallModel model(NodeProto... nodes) {
    return new SmallModel(nodes).with(weight("w", 4, 3, 3, 3), weight("b", 4));
  }

  private static List<String> lines(OnnxNetwork network) {
    return network.nodes().stream().map(node -> node + " " + node.parameters()).toList();
  }

  private static float[] kernel(OnnxNetwork network) {
    return network.kernel(network.nodes().get(0)).orElseThrow().values();
  }

  private static float[] upTo(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i + 1;
    }
    return values;
  }

  @Test
  void nodesMayStandInAnyOrder() throws IOException {
    assertThat(lines(network(PLAIN))).isEqualTo(LAYERS);
    List<NodeProto> nodes = new ArrayList<>(List.of(PLAIN));
    Collections.reverse(nodes);
    OnnxNetwork reversed = network(nodes.toArray(NodeProto[]::new));
    assertThat(lines(reversed)).isEqualTo(LAYERS);
    assertThat(reversed.classes()).isEqualTo(4);
    assertThat(reversed.nodes().get(1).deadRule()).contains(DeadRule.ZERO);
  }

  @Test
  void aWeightMayBeMadeOfConstants() throws IOException {
    NodeProto turn = withAll(node("Transpose", "w", "hwio"), "perm", 3, 2, 0, 1);
    SmallModel model =
        new SmallModel(turn, PLAIN[0], PLAIN[1], PLAIN[2], PLAIN[3])
            .with(weight("hwio", 3, 3, 3, 4), weight("b", 4));
    OnnxNetwork network = network(model.model());
    assertThat(lines(network)).isEqualTo(LAYERS);
    // Of (row, column, in, out) the first out channel's first kernel: every 12th from the first on.
    assertThat(kernel(network)).startsWith(1, 13, 25, 37, 49, 61, 73, 85, 97, 5);
    assertThat(network.nodes().get(0).window().orElseThrow().kernel()).isEqualTo(3);
  }

  @Test
  void aWeightMayBeASumOfConstants() throws IOException {
    SmallModel model =
        model(node("Add", "v", "w", "one"), node("Conv", "y", "x", "v")).with(reals("one", 1));
    OnnxNetwork network = network(model.model());
    assertThat(lines(network)).containsExactly("Conv2d_1 108");
    assertThat(kernel(network)).startsWith(2, 3, 4).endsWith(109);
  }

  @Test
  void aConstantMayBeNumbersInAnAttribute() throws IOException {
    AttributeProto.Builder floats =
        AttributeProto.newBuilder()
            .setName("value_floats")
            .setType(AttributeProto.AttributeType.FLOATS);
    for (float value : upTo(4)) {
      floats.addFloats(value);
    }
    NodeProto bias = node("Constant", "b").toBuilder().addAttribute(floats).build();
    SmallModel model =
        new SmallModel(bias, PLAIN[0], PLAIN[1], PLAIN[2], PLAIN[3]).with(weight("w", 4, 3, 3, 3));
    assertThat(lines(network(model.model()))).isEqualTo(LAYERS);
  }

  @Test
  void aWeightMayBeSparse() throws IOException {
    SparseTensorProto sparse =
        SparseTensorProto.newBuilder()
            .setValues(reals("w", 7, 8))
            .setIndices(integers("i", 1, 107))
            .addAllDims(List.of(4L, 3L, 3L, 3L))
            .build();
    ModelProto.Builder model = new SmallModel(PLAIN).with(weight("b", 4)).model().toBuilder();
    model.getGraphBuilder().addSparseInitializer(sparse);
    OnnxNetwork network = network(model.build());
    assertThat(lines(network)).isEqualTo(LAYERS);
    assertThat(kernel(network)).startsWith(0, 7, 0).endsWith(0, 8).hasSize(108);
  }

  @Test
  void aFunctionOfTheModelIsItsOperators() throws IOException {
    NodeProto call = call("Block", "r", "x", "w").toBuilder().setName("features_0").build();
    SmallModel model =
        new SmallModel(call, PLAIN[2], PLAIN[3])
            .with(weight("w", 4, 3, 3, 3))
            .with(function("Block", node("Conv", "inner", "a", "k"), node("Relu", "b", "inner")));
    OnnxNetwork network = network(model.model());
    assertThat(lines(network))
        .containsExactly("Conv2d_1 108", "ReLU_1 0", "AdaptiveAvgPool2d_1 0", "Flatten_1 0");
    assertThat(network.nodes().get(0).tensor()).contains("features_0/inner");
    assertThat(network.nodes().get(1).tensor()).contains("r");
    assertThat(network.nodes().get(0).deadRule()).contains(DeadRule.upTo(0));
    assertThat(network.nodes().get(0).isCalled("features_0/inner")).isTrue();
    assertThat(network.nodes().get(0).isCalled("features_0/Conv")).isTrue();
    assertThat(network.nodes().get(1).isCalled("features_0/Conv")).isFalse();
  }

  @Test
  void functionsThatAreCalledTwiceDoNotShareNames() throws IOException {
    SmallModel model =
        new SmallModel(call("Block", "r", "x", "w"), call("Block", "y", "r", "v"))
            .with(weight("w", 4, 3, 3, 3), weight("v", 2, 4, 3, 3))
            .with(function("Block", node("Conv", "inner", "a", "k"), node("Relu", "b", "inner")));
    assertThat(lines(network(model.model())))
        .containsExactly("Conv2d_1 108", "ReLU_1 0", "Conv2d_2 72", "ReLU_2 0");
  }

  /** As PyTorch writes {@code x.squeeze(3).squeeze(2)}. */
  private static SmallModel branch(String condition) {
    NodeProto.Builder choice = NodeProto.newBuilder(node("If", "y", condition)).setName("If_5");
    choice.addAttribute(graph("then_branch", node("Squeeze", "t", "p", "axes"), "t"));
    choice.addAttribute(graph("else_branch", node("Identity", "e", "p"), "e"));
    return model(
            PLAIN[0],
            PLAIN[1],
            PLAIN[2],
            node("Shape", "s", "p"),
            node("Gather", "last", "s", "three"),
            node("Equal", "isOne", "last", "one"),
            with(node("ReduceMax", "m", "x"), "keepdims", 0),
            node("Greater", "isBright", "m", "zero"),
            choice.build())
        .with(integers("axes", 2, 3), shaped(integers("three", 3)), shaped(integers("one", 1)))
        .with(shaped(reals("zero", 0)));
  }

  private static AttributeProto graph(String name, NodeProto node, String output) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName(name).addNode(node);
    graph.addOutputBuilder().setName(output);
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.GRAPH)
        .setG(graph)
        .build();
  }

  @Test
  void theBranchThatAShapeChoosesIsTaken() throws IOException {
    OnnxNetwork network = network(branch("isOne").model());
    assertThat(network.classes()).isEqualTo(4);
    assertThat(network.notShown()).isEmpty();
    assertThat(lines(network))
        .containsExactly("Conv2d_1 112", "ReLU_1 0", "AdaptiveAvgPool2d_1 0", "Squeeze_1 0");
  }

  @Test
  void aBranchThatThePictureChoosesIsSaidNotToBeShown() throws IOException {
    OnnxNetwork network = network(branch("isBright").model());
    assertThat(network.classes()).isZero();
    assertThat(network.notShown())
        .contains("what runs inside of If, Loop and Scan can't be looked at (1 of them)");
  }

  @Test
  void aConvolutionWithItsActivationIsOne() throws IOException {
    NodeProto fused = with(microsoft("FusedConv", "y", "x", "w", "b"), "activation", "Relu");
    OnnxNetwork network = network(model(fused).model());
    assertThat(lines(network)).containsExactly("Conv2d_1 112");
    Node conv = network.nodes().get(0);
    assertThat(conv.note()).contains("holds the output of the Relu that was fused into it");
    assertThat(conv.deadRule()).contains(DeadRule.ZERO);
    assertThat(kernel(network)).startsWith(1, 2, 3).hasSize(108);
  }

  private static SmallModel ofIntegers(double... scales) {
    return new SmallModel(
            node("DynamicQuantizeLinear", "q", "x"),
            node("ConvInteger", "i", "q", "w", "", "o"),
            with(node("Cast", "f", "i"), "to", 1),
            node("Mul", "y", "f", "s"))
        .with(smallWeight("w", ElementType.INT8, 4, 3, 3, 3), small("o", ElementType.INT8, 1))
        .with(shaped(reals("s", scales), scales.length, 1, 1));
  }

  private static ModelProto quantized(SmallModel model) {
    ModelProto.Builder builder = model.model().toBuilder();
    builder.getGraphBuilder().getNodeBuilder(0).addOutput("xs").addOutput("xz");
    builder.getGraphBuilder().getNodeBuilder(1).setInput(2, "xz");
    return builder.build();
  }

  @Test
  void aConvolutionOfIntegersIsOneWithTheirScale() throws IOException {
    OnnxNetwork network = network(quantized(ofIntegers(0.5)));
    assertThat(lines(network)).containsExactly("Conv2d_1 108");
    assertThat(kernel(network)).startsWith(0, 0.5f, 1, 1.5f).hasSize(108);
    assertThat(network.nodes().get(0).shape()).containsExactly(4, 6, 6);
    OnnxNetwork each = network(quantized(ofIntegers(1, 2, 3, 4)));
    assertThat(lines(each)).containsExactly("Conv2d_1 108");
    // The second channel's weights begin at 27; integers are 1 to 100 over and over.
    assertThat(kernel(each)[27]).isEqualTo(2 * 27);
  }

  @Test
  void theScaleOfAQuantizedConvolutionsWeightIsItsOwn() throws IOException {
    SmallModel model =
        new SmallModel(
                node("QuantizeLinear", "q", "x", "s", "z"),
                node("QLinearConv", "c", "q", "s", "z", "w", "ws", "wz", "s", "z"),
                node("DequantizeLinear", "y", "c", "s", "z"))
            .with(shaped(reals("s", 0.1)), shaped(small("z", ElementType.UINT8, 128)))
            .with(reals("ws", 1, 2, 3, 4), small("wz", ElementType.INT8, 1, 1, 1, 1))
            .with(smallWeight("w", ElementType.INT8, 4, 3, 3, 3));
    OnnxNetwork network = network(model.model());
    Node conv =
        network.nodes().stream().filter(node -> node.type().equals("Conv2d")).findFirst().get();
    assertThat(network.kernel(conv).orElseThrow().values()).startsWith(0, 1, 2);
    assertThat(network.kernel(conv).orElseThrow().values()[27]).isEqualTo(2 * 27);
  }

  @Test
  void trainingModeIsSaidAndEnded() throws IOException {
    NodeProto norm =
        with(node("BatchNormalization", "y", "c", "g", "h", "m", "v"), "training_mode", 1)
            .toBuilder()
            .addOutput("mean")
            .addOutput("variance")
            .build();
    OnnxNetwork network =
        network(
            model(PLAIN[0], norm)
                .with(weight("g", 4), weight("h", 4), weight("m", 4), weight("v", 4))
                .ofAnyBatch()
                .model());
    assertThat(network.warnings())
        .containsExactly(
            "the model was exported in training mode: BatchNormalization (1 of them) is run here as"
                + " after model.eval()");
    try (Session session = network.start(Compute.onCpu(1))) {
      float[][] pair = outputs(session, network, 1, 2);
      assertThat(outputs(session, network, 3, 1)[1]).isEqualTo(pair[0]);
      // What was learned: mean and variance of the first channel are 1, as scale and shift are.
      double conv = (pair[0][0] - 1) / 1 * Math.sqrt(1 + 1e-5) + 1;
      assertThat(conv).isCloseTo(27 * 28 / 2 + 1, within(1e-2));
    }
  }

  /** What the last layer makes of pictures of one brightness each, a half brighter on one side. */
  private static float[][] outputs(Session session, OnnxNetwork network, float... pictures) {
    float[] pixels = new float[pictures.length * 192];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = pictures[i / 192] * (i % 8 < 4 ? 1 : 2);
    }
    float[][] outputs = new float[pictures.length][];
    Node last = network.nodes().get(network.nodes().size() - 1);
    int[] all = IntStream.range(0, pictures.length).toArray();
    session.run(
        Batch.of(new FloatImages(pixels, 3, 8, 8), all, 0, all.length),
        Set.of(last),
        (node, values) -> {
          int size = values.remaining() / pictures.length;
          for (int i = 0; i < pictures.length; i++) {
            outputs[i] = new float[size];
            values.get(outputs[i]);
          }
        });
    return outputs;
  }

  /** In a branch that is chosen as the network runs, by a flag that is a constant within. */
  @Test
  void trainingModeIsEndedInBranchesToo() throws IOException {
    NodeProto on =
        NodeProto.newBuilder()
            .setOpType("Constant")
            .addOutput("on")
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("value")
                    .setType(AttributeProto.AttributeType.TENSOR)
                    .setT(shaped(small("t", ElementType.BOOL, 1))))
            .build();
    NodeProto drop = node("Dropout", "d", "x", "", "on");
    NodeProto branch =
        with(
            with(node("If", "y", "large"), "then_branch", on, drop),
            "else_branch",
            node("Neg", "n", "x"));
    OnnxNetwork network =
        network(
            new SmallModel(
                    with(node("ReduceMax", "most", "x"), "keepdims", 0),
                    node("Greater", "large", "most", "half"),
                    branch)
                .with(shaped(reals("half", 0.5)))
                .model());
    assertThat(network.warnings())
        .containsExactly(
            "the model was exported in training mode: Dropout (1 of them) is run here as after"
                + " model.eval()");
    assertThat(network.notShown()).anyMatch(line -> line.contains("inside of If"));
  }

  @Test
  void modelsThatAreNotInTrainingModeHaveNoWarnings() throws IOException {
    assertThat(network(PLAIN).warnings()).isEmpty();
  }

  private static long parameters(OnnxNetwork network) {
    return network.layers().stream().mapToLong(Node::parameters).sum();
  }

  @Test
  void whatAWeightIsMadeOfCountsOnce() throws IOException {
    SmallModel sum =
        model(node("Add", "v", "w", "one"), node("Conv", "y", "x", "v")).with(reals("one", 1));
    assertThat(parameters(network(sum.model()))).isEqualTo(108);
    SmallModel norm =
        model(node("Mul", "v", "w", "g"), node("Conv", "y", "x", "v"))
            .with(shaped(reals("g", 1, 2, 3, 4), 4, 1, 1, 1));
    assertThat(parameters(network(norm.model()))).isEqualTo(112);
    SmallModel expanded =
        model(
                node("Conv", "c", "x", "w"),
                node("Expand", "e", "one", "sides"),
                node("Add", "y", "c", "e"))
            .with(reals("one", 1), integers("sides", 1, 4, 6, 6));
    assertThat(parameters(network(expanded.model()))).isEqualTo(108);
  }

  @Test
  void aShapeThatThePictureDecidesDoesNotChooseABranch() throws IOException {
    NodeProto.Builder choice = NodeProto.newBuilder(node("If", "y", "isEmpty"));
    choice.addAttribute(graph("then_branch", node("Relu", "t", "x"), "t"));
    choice.addAttribute(graph("else_branch", node("Neg", "e", "x"), "e"));
    SmallModel model =
        new SmallModel(
                with(node("ReduceMax", "m", "x"), "keepdims", 0),
                with(node("Cast", "i", "m"), "to", 7),
                node("Unsqueeze", "end", "i", "first"),
                node("Slice", "part", "x", "first", "end", "two"),
                node("Shape", "s", "part"),
                node("Gather", "rows", "s", "second"),
                node("Equal", "isEmpty", "rows", "zero"),
                choice.build())
            .with(shaped(integers("first", 0), 1), shaped(integers("two", 2), 1))
            .with(shaped(integers("second", 2)), shaped(integers("zero", 0)));
    assertThat(network(model.model()).notShown())
        .contains("what runs inside of If, Loop and Scan can't be looked at (1 of them)");
  }

  @Test
  void theImagesScaleIsNoPartOfAWeights() throws IOException {
    SmallModel model =
        new SmallModel(
                node("QuantizeLinear", "q", "x", "xs", "xz"),
                node("ConvInteger", "i", "q", "w", "xz", "o"),
                with(node("Cast", "f", "i"), "to", 1),
                node("Mul", "y", "f", "s"))
            .with(shaped(reals("xs", 0.25)), shaped(small("xz", ElementType.UINT8, 128)))
            .with(smallWeight("w", ElementType.INT8, 4, 3, 3, 3))
            .with(shaped(small("o", ElementType.INT8, 1)), shaped(reals("s", 0.125)));
    OnnxNetwork network = network(model.model());
    Node conv =
        network.nodes().stream().filter(node -> node.type().equals("Conv2d")).findFirst().get();
    assertThat(network.kernel(conv).orElseThrow().values()).startsWith(0, 0.5f, 1);
  }

  @Test
  void aMaskThatIsReadStaysWhereDropoutEnds() throws IOException {
    NodeProto dropout =
        node("Dropout", "d", "c", "half", "yes").toBuilder().addOutput("mask").build();
    SmallModel model =
        model(PLAIN[0], dropout, node("Where", "y", "mask", "d", "c"))
            .with(shaped(reals("half", 0.5)), shaped(small("yes", ElementType.BOOL, 1)));
    assertThat(network(model.model()).warnings())
        .containsExactly(
            "the model was exported in training mode: Dropout (1 of them) is run here as after"
                + " model.eval()");
  }

  @Test
  void sparseTensorsThatSayTooMuchAreNotMadeDense() throws IOException {
    for (List<Long> sides : List.of(List.of(-1L), List.of(1L << 40), List.of(1L << 26))) {
      ModelProto.Builder model = model(PLAIN).model().toBuilder();
      for (int i = 0; i < 40; i++) {
        model
            .getGraphBuilder()
            .addSparseInitializer(
                SparseTensorProto.newBuilder()
                    .setValues(reals("sparse" + i, 1))
                    .setIndices(integers("i", 0))
                    .addAllDims(sides));
      }
      byte[] bytes = model.build().toByteArray();
      try {
        Path file = Files.write(folder.resolve("sparse.onnx"), bytes);
        assertThat(OnnxModel.read(file).network(3, 8, 8, false).classes()).isEqualTo(4);
      } catch (UserException e) {
        assertThat(e.getMessage()).contains("sparse.onnx");
      }
    }
  }

  @Test
  void aBranchWithoutAnotherIsTheEnginesToRefuse() {
    NodeProto.Builder choice = NodeProto.newBuilder(node("If", "y", "yes"));
    choice.addAttribute(graph("then_branch", node("Relu", "t", "x"), "t"));
    SmallModel model =
        new SmallModel(choice.build()).with(shaped(small("yes", ElementType.BOOL, 1)));
    assertThatThrownBy(() -> network(model.model())).isInstanceOf(UserException.class);
  }

  @Test
  void aFunctionInABranchIsItsOperatorsToo() throws IOException {
    NodeProto.Builder choice = NodeProto.newBuilder(node("If", "y", "yes"));
    choice.addAttribute(graph("then_branch", call("Block", "t", "x", "w"), "t"));
    choice.addAttribute(graph("else_branch", node("Neg", "e", "x"), "e"));
    SmallModel model =
        model(choice.build())
            .with(shaped(small("yes", ElementType.BOOL, 1)))
            .with(function("Block", node("Conv", "inner", "a", "k"), node("Relu", "b", "inner")));
    assertThat(lines(network(model.model()))).containsExactly("Conv2d_1 108", "ReLU_1 0");
  }

  @Test
  void longNamesOfFunctionsDoNotGrow() throws IOException {
    NodeProto call = call("Block", "y", "x", "w").toBuilder().setName("n".repeat(100_000)).build();
    SmallModel model =
        model(call)
            .with(function("Block", node("Conv", "inner", "a", "k"), node("Relu", "b", "inner")));
    Node conv = network(model.model()).nodes().get(0);
    assertThat(conv.tensor().orElseThrow()).isEqualTo("n".repeat(100) + "/inner");
  }
}
