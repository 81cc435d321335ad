package io.fmviz.network.onnx.layers;

import static io.fmviz.network.onnx.SmallModel.call;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.shaped;
import static io.fmviz.network.onnx.SmallModel.smallWeight;
import static io.fmviz.network.onnx.SmallModel.weight;
import static io.fmviz.network.onnx.SmallModel.withAll;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.onnx.ReadGraph;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternFusionTest {
  private static final NodeProto SIGMOID = node("Sigmoid", "s", "x");
  private static final NodeProto TIMES = node("Mul", "y", "x", "s");

  /** The layers of a graph, in its order, each with what its operators make: {@code SiLU s y}. */
  private static List<String> layers(SmallModel model) {
    ReadGraph graph =
        ReadGraph.of(
            model
                .with(weight("w", 4, 3, 1, 1), shaped(reals("c4", 1, 2, 3, 4), 4, 1, 1))
                .with(weight("c1441", 1, 4, 4, 1), weight("m", 4, 5), weight("5", 5))
                .with(smallWeight("q", ElementType.INT8, 4, 5), reals("1", 1), weight("row", 4)));
    PatternFusion modules =
        new PatternFusion(graph.graph(), graph.constants(), ReadGraph.maps(Set.of(), Map.of()));
    return graph.graph().ops().stream()
        .map(modules::of)
        .distinct()
        .map(
            module ->
                module.type()
                    + module.ops().stream()
                        .map(Op::output)
                        .collect(Collectors.joining(" ", " ", "")))
        .toList();
  }

  private static List<String> layers(NodeProto... nodes) {
    return layers(new SmallModel(nodes));
  }

  @Test
  void operatorsThatAreOneFunctionAreOneLayer() {
    assertThat(layers(SIGMOID, TIMES)).containsExactly("SiLU s y");
    assertThat(
            layers(
                node("Relu", "r", "x"),
                node("Sigmoid", "s", "r"),
                node("Neg", "n", "x"),
                node("Mul", "y", "s", "r")))
        .containsExactly("ReLU r", "SiLU s y", "Neg n");
  }

  @Test
  void aTensorThatOthersReadTooIsALayersOutput() {
    assertThat(layers(SIGMOID, TIMES, node("Neg", "n", "s")))
        .containsExactly("Sigmoid s", "Mul y", "Neg n");
    assertThat(layers(new SmallModel(SIGMOID, TIMES).withOutputs("y", "s")))
        .containsExactly("Sigmoid s", "Mul y");
    NodeProto product = node("MatMul", "p", "x", "m");
    assertThat(layers(product, node("Add", "y", "p", "5"), node("Neg", "n", "p")))
        .containsExactly("Linear p", "Add y", "Neg n");
  }

  @ParameterizedTest
  @CsvSource({"10, 1", "11, 13"})
  void aLayerHasTwelveOperatorsAtMost(int between, int layers) {
    List<NodeProto> nodes = new ArrayList<>(List.of(SIGMOID));
    for (int i = 0; i < between; i++) {
      nodes.add(node("Identity", "i" + i, i == 0 ? "s" : "i" + (i - 1)));
    }
    nodes.add(node("Mul", "y", "x", "i" + (between - 1)));
    assertThat(layers(nodes.toArray(NodeProto[]::new))).hasSize(layers);
  }

  @Test
  void aBiasForEachChannelThatIsAddedIsPartOfItsLayer() {
    NodeProto conv = node("Conv", "c", "x", "w");
    assertThat(layers(conv, node("Add", "y", "c", "c4"))).containsExactly("Conv2d c y");
    assertThat(layers(conv, node("Add", "y", "c4", "c"))).containsExactly("Conv2d c y");
    assertThat(layers(conv, node("Add", "y", "c", "c1441"))).containsExactly("Conv2d c", "Add y");
    assertThat(layers(conv, node("Add", "y", "c", "row"))).containsExactly("Conv2d c", "Add y");
    assertThat(layers(conv, node("Sub", "y", "c", "c4"))).containsExactly("Conv2d c", "Sub y");
    assertThat(layers(node("Conv", "c", "x", "w", "row"), node("Add", "y", "c", "c4")))
        .containsExactly("Conv2d c", "Add y");
    assertThat(layers(node("MatMul", "c", "x", "m"), node("Add", "y", "c", "5")))
        .containsExactly("Linear c y");
    assertThat(layers(node("MatMul", "c", "x", "m"), node("Add", "y", "c", "row")))
        .containsExactly("Linear c", "Add y");
    assertThat(
            layers(
                node("DequantizeLinear", "d", "q", "1"),
                node("MatMul", "c", "x", "d"),
                node("Add", "y", "5", "c")))
        .containsExactly("DequantizeLinear d", "Linear c y");
  }

  /** Else the bias would be in two layers. */
  @Test
  void whatIsPartOfALayerIsNoPartOfAnother() {
    NodeProto[] nodes = {
      node("Conv", "c", "x", "single"),
      node("Add", "a", "c", "3"),
      node("Clip", "k", "a", "0", "6"),
      node("Div", "y", "k", "6")
    };
    SmallModel model =
        new SmallModel(nodes)
            .with(weight("single", 1, 3, 1, 1), shaped(reals("3", 3), 1, 1, 1))
            .with(reals("0", 0), reals("6", 6));
    assertThat(layers(model)).containsExactly("Conv2d c a", "ReLU6 k", "Div y");
  }

  @Test
  void paddingBeforeAMeanIsPartOfIt() {
    NodeProto pad = node("Pad", "p", "x", "pads");
    NodeProto pool = withAll(node("AveragePool", "y", "p"), "kernel_shape", 2, 2);
    assertThat(layers(pad, pool)).containsExactly("AvgPool2d p y");
    assertThat(layers(pad, pool, node("Neg", "n", "p")))
        .containsExactly("Pad p", "AvgPool2d y", "Neg n");
    assertThat(layers(pad, node("MaxPool", "y", "p"))).containsExactly("Pad p", "MaxPool2d y");
  }

  @Test
  void othersOperatorsAreLayersOfTheirOwn() {
    assertThat(layers(call("Sigmoid", "s", "x"), TIMES)).containsExactly("Sigmoid s", "Mul y");
    assertThat(layers(SIGMOID, call("Mul", "y", "x", "s"))).containsExactly("Sigmoid s", "Mul y");
    assertThat(layers(call("Conv", "c", "x", "w"), node("Add", "y", "c", "c4")))
        .containsExactly("Conv c", "Add y");
    assertThat(layers(node("Conv", "c", "x", "w"), call("Add", "y", "c", "c4")))
        .containsExactly("Conv2d c", "Add y");
    assertThat(layers(call("Pad", "p", "x"), node("AveragePool", "y", "p")))
        .containsExactly("Pad p", "AvgPool2d y");
  }
}
