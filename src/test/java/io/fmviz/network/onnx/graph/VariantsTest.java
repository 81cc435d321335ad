package io.fmviz.network.onnx.graph;

import static io.fmviz.network.onnx.SmallModel.call;
import static io.fmviz.network.onnx.SmallModel.integers;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.weight;
import static io.fmviz.network.onnx.SmallModel.with;
import static io.fmviz.network.onnx.SmallModel.withAll;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.onnx.ReadGraph;
import io.fmviz.network.onnx.SmallModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariantsTest {
  /** Of an operator that may read a matrix w, and numbers 0, 1, 6 and maximum. */
  private static ReadGraph graph(NodeProto node) {
    return ReadGraph.of(
        new SmallModel(node("Exp", "e", "x"), node)
            .with(weight("w", 2, 3), reals("0", 0), reals("1", 1), reals("6", 6))
            .with(reals("maximum", Float.MAX_VALUE))
            .with(integers("sides", 3, -2), integers("channels", 1)));
  }

  private static Operator operator(NodeProto node, ChannelAxis maps) {
    ReadGraph graph = graph(node);
    return Operators.of(graph.op("y"), graph.constants(), maps);
  }

  private static String layer(NodeProto node) {
    return operator(node, ChannelAxis.FIRST).layer();
  }

  /** Up to where the output is zero, as text. */
  private static String cutOff(NodeProto node) {
    ReadGraph graph = graph(node);
    Operator operator = Operators.of(graph.op("y"), graph.constants(), ChannelAxis.FIRST);
    return String.valueOf(operator.cutOff().of(graph.op("y"), graph.constants()));
  }

  @ParameterizedTest
  @CsvSource({
    "MatMul, x w, Linear",
    "MatMul, w x, MatMul",
    "MatMul, x e, MatMul",
    "MatMulInteger, x w, Linear",
    "MatMulInteger, x e 1 1, MatMul",
    "QLinearMatMul, x 1 0 w 1 0 1 0, Linear",
    "QLinearMatMul, x 1 0 e 1 0 1 0, MatMul"
  })
  void aProductWithAConstantIsALinearLayer(String type, String inputs, String layer) {
    assertThat(layer(node(type, "y", inputs.split(" ")))).isEqualTo(layer);
  }

  @Test
  void aBatchNormOfRowsIsOneOfOneDimension() {
    NodeProto node = node("BatchNormalization", "y", "x");
    assertThat(operator(node, ChannelAxis.FIRST).layer()).isEqualTo("BatchNorm2d");
    Operator rows = operator(node, null);
    assertThat(rows.layer()).isEqualTo("BatchNorm1d");
    assertThat(rows.inputs().learned()).containsExactlyInAnyOrder(1, 2);
    assertThat(rows.reach()).isEqualTo(Reach.UNKNOWN);
  }

  @Test
  void aReductionOfRowsAndColumnsIsAPooling() {
    NodeProto mean = node("ReduceMean", "y", "x");
    assertThat(layer(withAll(mean, "axes", 2, 3))).isEqualTo("AdaptiveAvgPool2d");
    assertThat(layer(node("ReduceMean", "y", "x", "sides"))).isEqualTo("AdaptiveAvgPool2d");
    assertThat(layer(withAll(node("ReduceMax", "y", "x"), "axes", -1, -2)))
        .isEqualTo("AdaptiveMaxPool2d");
    assertThat(operator(withAll(mean, "axes", -3, 2), ChannelAxis.LAST).layer())
        .isEqualTo("AdaptiveAvgPool2d");
    assertThat(operator(withAll(mean, "axes", 2, 3), ChannelAxis.LAST).layer())
        .isEqualTo("ReduceMean");
    assertThat(layer(mean)).isEqualTo("ReduceMean");
    assertThat(layer(withAll(mean, "axes", 2))).isEqualTo("ReduceMean");
    assertThat(layer(node("ReduceMean", "y", "x", "channels"))).isEqualTo("ReduceMean");
    assertThat(layer(node("ReduceMean", "y", "x", "e"))).isEqualTo("ReduceMean");
    assertThat(layer(with(withAll(mean, "axes", 2, 3), "keepdims", 0))).isEqualTo("ReduceMean");
    assertThat(operator(withAll(mean, "axes", -1, -2), null).layer()).isEqualTo("ReduceMean");
  }

  @ParameterizedTest
  @CsvSource({
    "x 0 6, ReLU6, 0.0",
    "x 0, ReLU, 0.0",
    "x 0 maximum, ReLU, 0.0",
    "x 0 1, Clip, 0.0",
    "x 1 6, Clip, null",
    "x '' 6, Clip, null",
    "x 0 0, Clip, null",
    "x e 6, Clip, null",
    "x 0 e, Clip, null"
  })
  void aClipIsWhatItsBoundsAre(String inputs, String layer, String cutOff) {
    NodeProto clip = node("Clip", "y", inputs.replace("''", "").split(" "));
    assertThat(layer(clip)).isEqualTo(layer);
    assertThat(cutOff(clip)).isEqualTo(cutOff);
  }

  @Test
  void upToOperatorSet10BoundsAreAttributes() {
    NodeProto clip = with(node("Clip", "y", "x"), "min", 0f);
    assertThat(layer(clip)).isEqualTo("ReLU");
    assertThat(layer(with(clip, "max", 6f))).isEqualTo("ReLU6");
    assertThat(layer(with(clip, "max", 3f))).isEqualTo("Clip");
  }

  @Test
  void onlyAHardSigmoidOfPyTorchsNumbersHasItsName() {
    NodeProto node = node("HardSigmoid", "y", "x");
    NodeProto sixth = with(node, "alpha", 1 / 6f);
    assertThat(layer(node)).isEqualTo("HardSigmoid");
    assertThat(cutOff(node)).isEqualTo("-2.5");
    assertThat(layer(sixth)).isEqualTo("Hardsigmoid");
    assertThat(cutOff(sixth)).isEqualTo("-3.0");
    assertThat(layer(with(sixth, "beta", 0.25f))).isEqualTo("HardSigmoid");
    assertThat(cutOff(with(sixth, "beta", 0.25f))).isEqualTo("-1.5");
    assertThat(cutOff(with(node, "alpha", -1f))).isEqualTo("null");
  }

  @Test
  void othersOperatorsHaveNoVariants() {
    assertThat(layer(call("MatMul", "y", "x", "w"))).isEqualTo("MatMul");
    assertThat(layer(call("Clip", "y", "x", "0", "6"))).isEqualTo("Clip");
    assertThat(layer(withAll(call("ReduceMean", "y", "x"), "axes", 2, 3))).isEqualTo("ReduceMean");
  }
}
