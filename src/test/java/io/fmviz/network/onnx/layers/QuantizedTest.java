package io.fmviz.network.onnx.layers;

import static io.fmviz.network.onnx.SmallModel.call;
import static io.fmviz.network.onnx.SmallModel.microsoft;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.small;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.onnx.ReadGraph;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantizedTest {
  private static final NodeProto QUANTIZED = node("QuantizeLinear", "q", "x", "s", "z");

  private static IntermediateOutput output(String tensor, NodeProto... nodes) {
    ReadGraph graph =
        ReadGraph.of(
            new SmallModel(nodes)
                .with(reals("s", 0.5), reals("t", 2), reals("each", 1, 2, 3))
                .with(small("z", ElementType.UINT8, 3), small("o", ElementType.UINT8, 1)));
    return new Quantized(graph.graph(), graph.constants()).output(tensor, ElementType.UINT8);
  }

  private static IntermediateOutput by(String tensor, String scale, String zero) {
    return IntermediateOutput.quantized(tensor, ElementType.UINT8, scale, zero);
  }

  @Test
  void whoeverReadsItAsRealNumbersSaysByWhichScale() {
    assertThat(output("q", QUANTIZED, node("DequantizeLinear", "y", "q", "t", "o")))
        .isEqualTo(by("q", "t", "o"));
    assertThat(output("q", QUANTIZED, node("DequantizeLinear", "y", "other", "t", "q")))
        .isEqualTo(by("q", "s", "z"));
    assertThat(output("q", QUANTIZED, node("DequantizeLinear", "y", "q", "t")))
        .isEqualTo(by("q", "t", ""));
    assertThat(output("q", QUANTIZED, microsoft("DequantizeLinear", "y", "q", "t", "o")))
        .isEqualTo(by("q", "t", "o"));
    assertThat(output("q", QUANTIZED, call("DequantizeLinear", "y", "q", "t", "o")))
        .isEqualTo(by("q", "s", "z"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', QLinearConv, x t o w t o s z",
    "'', QLinearMatMul, x t o w t o s z",
    "com.microsoft, QLinearAdd, x t o x t o s z",
    "com.microsoft, QLinearMul, x t o x t o s z",
    "com.microsoft, QLinearSigmoid, x t o s z",
    "com.microsoft, QLinearLeakyRelu, x t o s z",
    "com.microsoft, QLinearSoftmax, x t o s z",
    "com.microsoft, QLinearAveragePool, x t o s z",
    "com.microsoft, QLinearGlobalAveragePool, x t o s z",
    "com.microsoft, QLinearReduceMean, x t o s z",
    "com.microsoft, QLinearConcat, s z x t o x t o",
    "com.microsoft, QLinearWhere, c x t o x t o s z",
    "com.microsoft, QGemm, x t o w t o b s z",
    "com.microsoft, QuantizeLinear, x s z"
  })
  void whoMakesItSaysSoToo(String domain, String type, String inputs) {
    NodeProto maker = node(type, "q", inputs.split(" ")).toBuilder().setDomain(domain).build();
    assertThat(output("q", maker)).isEqualTo(by("q", "s", "z"));
    assertThat(output("q", maker.toBuilder().setDomain("my.own").build())).isNull();
  }

  @ParameterizedTest
  @CsvSource({"MaxPool", "Relu", "Clip", "Reshape", "Flatten", "Transpose", "Identity"})
  void theScaleIsKeptByWhatOnlyPassesIntegersOn(String type) {
    assertThat(output("y", QUANTIZED, node(type, "y", "q"))).isEqualTo(by("y", "s", "z"));
    assertThat(output("y", QUANTIZED, call(type, "y", "q"))).isNull();
  }

  @Test
  void whatIsComputedWithOrDiffersByChannelIsNotKnown() {
    assertThat(output("y", QUANTIZED, node("Cast", "y", "q"))).isNull();
    assertThat(output("y", QUANTIZED, node("Add", "y", "q", "q"))).isNull();
    assertThat(output("q", QUANTIZED, node("DequantizeLinear", "y", "q", "each"))).isNull();
    assertThat(output("q", node("QuantizeLinear", "q", "x", "computed"))).isNull();
    assertThat(output("q", node("QuantizeLinear", "q", "x", "s", "computed"))).isNull();
    assertThat(output("x")).isNull();
  }
}
