package io.fmviz.network.onnx.layers;

import static io.fmviz.network.onnx.SmallModel.call;
import static io.fmviz.network.onnx.SmallModel.function;
import static io.fmviz.network.onnx.SmallModel.microsoft;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.small;
import static io.fmviz.network.onnx.SmallModel.smallWeight;
import static io.fmviz.network.onnx.SmallModel.weight;
import static io.fmviz.network.onnx.SmallModel.with;
import static io.fmviz.network.onnx.SmallModel.withAll;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.Kernel;
import io.fmviz.network.Node;
import io.fmviz.network.onnx.OnnxModel;
import io.fmviz.network.onnx.OnnxNetwork;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.network.onnx.file.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersTest {
  private static final NodeProto QUANTIZED = node("QuantizeLinear", "q", "x", "s", "z");

  @TempDir private Path folder;

  private OnnxNetwork network(SmallModel model) throws IOException {
    Path file = folder.resolve("layers.onnx");
    Files.write(file, model.bytes());
    return OnnxModel.read(file).network(3, 8, 8, false);
  }

  /** Integers on their way through a network, by scale s and zero point z. */
  private static SmallModel integers(NodeProto... nodes) {
    return new SmallModel(nodes)
        .with(reals("s", 0.1), small("z", ElementType.UINT8, 128))
        .with(reals("ws", 0.5), small("wz", ElementType.INT8, 1), small("o", ElementType.UINT8, 2))
        .with(smallWeight("w", ElementType.INT8, 4, 3, 3, 3), weight("b", 5))
        .with(smallWeight("v", ElementType.UINT8, 4, 3, 3, 3))
        .with(smallWeight("m", ElementType.UINT8, 4, 5));
  }

  /** Name, parameters and window of each node: {@code Conv2d_1 108 3/1/1}. */
  private static List<String> lines(List<Node> nodes) {
    return nodes.stream()
        .map(
            node ->
                node.name()
                    + " "
                    + node.parameters()
                    + node.window()
                        .map(w -> " %d/%d/%d".formatted(w.kernel(), w.stride(), w.padding()))
                        .orElse(""))
        .toList();
  }

  @Test
  void onnxRuntimesOperatorsAreLayersWithWindows() throws IOException {
    NodeProto pool = microsoft("QLinearAveragePool", "p", "a", "s", "z", "s", "z");
    OnnxNetwork network =
        network(
            integers(
                QUANTIZED,
                withAll(
                    node("QLinearConv", "c", "q", "s", "z", "w", "ws", "wz", "s", "z"),
                    "pads",
                    1,
                    1,
                    1,
                    1),
                microsoft("QLinearSigmoid", "g", "c", "s", "z", "s", "z"),
                microsoft("QLinearLeakyRelu", "l", "g", "s", "z", "s", "z"),
                microsoft("QLinearAdd", "a", "l", "s", "z", "c", "s", "z", "s", "z"),
                withAll(withAll(pool, "kernel_shape", 2, 2), "strides", 2, 2),
                with(
                    microsoft("QLinearConcat", "n", "s", "z", "p", "s", "z", "p", "s", "z"),
                    "axis",
                    1),
                microsoft("QLinearGlobalAveragePool", "h", "n", "s", "z", "s", "z"),
                node("DequantizeLinear", "y", "h", "s", "z")));
    assertThat(lines(network.nodes()))
        .containsExactly(
            "QuantizeLinear_1 0 1/1/0",
            "Conv2d_1 108 3/1/1",
            "Sigmoid_1 0 1/1/0",
            "LeakyReLU_1 0 1/1/0",
            "Add_1 0 1/1/0",
            "AvgPool2d_1 0 2/2/0",
            "Concat_1 0 1/1/0",
            "AdaptiveAvgPool2d_1 0",
            "DequantizeLinear_1 0 1/1/0");
    assertThat(network.notShown()).isEmpty();
  }

  @Test
  void productsOfIntegersAreLayersThatCount() throws IOException {
    OnnxNetwork network =
        network(
            integers(
                QUANTIZED,
                node("ConvInteger", "c", "q", "v", "z", "o"),
                with(node("Cast", "f", "c"), "to", 1),
                node("Relu", "r", "f"),
                node("GlobalAveragePool", "g", "r"),
                node("Flatten", "h", "g"),
                node("QuantizeLinear", "i", "h", "s", "z"),
                node("QLinearMatMul", "k", "i", "s", "z", "m", "s", "z", "s", "z"),
                node("DequantizeLinear", "y", "k", "s", "z")));
    assertThat(lines(network.layers()))
        .containsExactly(
            "QuantizeLinear_1 0 1/1/0",
            "Conv2d 108",
            "ReLU_1 0",
            "AdaptiveAvgPool2d_1 0",
            "Linear 20",
            "DequantizeLinear_1 0");
    assertThat(network.layers().stream().map(network::weights))
        .containsExactly(0L, 108L, 0L, 0L, 20L, 0L);
    assertThat(network.notShown())
        .containsExactly("these count, but give no maps: c (Conv2d), k (Linear)");
  }

  @Test
  void aConvolutionsKernelIsRealNumbersHoweverItIsWritten() throws IOException {
    OnnxNetwork network =
        network(
            integers(
                node("DequantizeLinear", "d", "w", "ws", "wz"),
                with(node("Cast", "e", "d"), "to", 11),
                with(node("Cast", "f", "e"), "to", 1),
                node("Conv", "y", "x", "f")));
    Node conv = network.nodes().get(0);
    assertThat(lines(network.nodes())).containsExactly("Conv2d_1 108 3/1/0");
    Kernel kernel = network.kernel(conv).orElseThrow();
    assertThat(kernel.shape()).containsExactly(4, 3, 3, 3);
    assertThat(kernel.values()).startsWith(0, 0.5f, 1, 1.5f).hasSize(108);
  }

  @Test
  void aConvolutionOfRowsHasNoKernelToShow() throws IOException {
    OnnxNetwork network =
        network(
            new SmallModel(node("Reshape", "r", "x", "rows"), node("Conv", "y", "r", "w"))
                .with(SmallModel.integers("rows", 1, 24, 8), weight("w", 4, 24, 3)));
    assertThat(lines(network.nodes())).containsExactly("Conv2d_1 288");
    assertThat(network.hasKernel(network.nodes().get(0))).isFalse();
    assertThat(network.notShown()).containsExactly("1-D convolutions give no maps: y");
  }

  /** A function for an older operator set than the model's can't stand in its call's place. */
  private static FunctionProto older(String name, NodeProto... nodes) {
    FunctionProto.Builder function = function(name, nodes).toBuilder();
    function.getOpsetImportBuilder(0).setVersion(16);
    return function.build();
  }

  @Test
  void othersOperatorsOfTheSameNamesAreNotOnnxs() throws IOException {
    OnnxNetwork network =
        network(
            integers(
                    call("Conv", "c", "x", "s"),
                    call("Relu", "r", "c", "s"),
                    node("Relu", "t", "r"),
                    call("Dropout", "d", "t", "s"),
                    node("GlobalAveragePool", "g", "d"),
                    node("Flatten", "f", "g"),
                    call("Softmax", "y", "f", "s"))
                .with(
                    older("Conv", node("Mul", "b", "a", "k")),
                    older("Relu", node("Sub", "b", "a", "k")),
                    older("Dropout", node("Neg", "n", "k"), node("Mul", "b", "a", "n")),
                    older("Softmax", node("Mul", "b", "a", "k"))));
    assertThat(lines(network.nodes()))
        .containsExactly(
            "Conv_1 0",
            "Relu_1 0",
            "ReLU_1 0 1/1/0",
            "Dropout_1 0",
            "AdaptiveAvgPool2d_1 0",
            "Softmax_1 0");
    assertThat(network.nodes().stream().map(node -> node.deadRule().isPresent()))
        .containsExactly(false, false, true, false, false, false);
    assertThat(network.logits().map(Node::type)).contains("Softmax");
    assertThat(network.hasKernel(network.nodes().get(0))).isFalse();
    assertThat(network.weights(network.nodes().get(0))).isZero();
  }
}
