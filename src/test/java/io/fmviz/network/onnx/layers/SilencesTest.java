package io.fmviz.network.onnx.layers;

import static io.fmviz.network.onnx.SmallModel.call;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.weight;
import static io.fmviz.network.onnx.SmallModel.with;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.Silence;
import io.fmviz.network.onnx.ReadGraph;
import io.fmviz.network.onnx.SmallModel;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SilencesTest {
  private static final NodeProto CONV = node("Conv", "c", "x", "w");

  /** Of the layer that makes a tensor. */
  private static Silence silence(String tensor, NodeProto... nodes) {
    ReadGraph graph =
        ReadGraph.of(
            new SmallModel(nodes)
                .with(weight("w", 4, 3, 3, 3), reals("3", 3), reals("0", 0), reals("6", 6)));
    Modules modules = new Modules(graph.graph(), graph.constants(), Map.of("b", 4));
    return new Silences(graph.graph(), modules, graph.constants()).of(modules.of(graph.op(tensor)));
  }

  @ParameterizedTest
  @CsvSource({"Relu, 0", "HardSwish, -3", "HardSigmoid, -2.5", "ThresholdedRelu, 1"})
  void aLayerIsDeadUpToWhereTheOnlyReaderCutsOff(String type, float threshold) {
    NodeProto activation = node(type, "y", "c");
    assertThat(silence("c", CONV, activation)).isEqualTo(Silence.upTo(threshold));
    assertThat(silence("y", CONV, activation)).isEqualTo(Silence.ZERO);
  }

  @Test
  void anyWayToTheOnlyReaderCounts() {
    NodeProto[] ways = {
      CONV, node("Identity", "i", "c"), node("Dropout", "d", "i"), node("Relu", "y", "d")
    };
    assertThat(silence("c", ways)).isEqualTo(Silence.upTo(0));
    assertThat(silence("b", node("BatchNormalization", "b", "x"), node("Relu", "y", "b")))
        .isEqualTo(Silence.upTo(0));
    NodeProto[] several = {
      CONV,
      node("Add", "a", "c", "3"),
      node("Clip", "k", "a", "0", "6"),
      node("Mul", "m", "c", "k"),
      node("Div", "y", "m", "6")
    };
    assertThat(silence("c", several)).isEqualTo(Silence.upTo(-3));
    assertThat(silence("y", several)).isEqualTo(Silence.ZERO);
  }

  @Test
  void noChannelIsDeadThatSomebodyElseReads() {
    NodeProto relu = node("Relu", "r", "c");
    assertThat(silence("c", CONV, relu, node("Add", "y", "r", "c"))).isNull();
    assertThat(silence("c", CONV, node("Sigmoid", "y", "c"))).isNull();
    assertThat(silence("c", CONV)).isNull();
    assertThat(silence("y", node("Conv", "y", "x", "w"), node("Relu", "r", "y"))).isNull();
    assertThat(silence("c", CONV, node("Identity", "y", "c"), node("Relu", "r", "y"))).isNull();
    assertThat(silence("a", node("Add", "a", "x", "x"), node("Relu", "y", "a"))).isNull();
    NodeProto like = node("CastLike", "y", "r", "c");
    assertThat(silence("c", CONV, node("Relu", "r", "x"), like)).isNull();
  }

  @Test
  void zerosStayZeros() {
    NodeProto relu = node("Relu", "r", "x");
    assertThat(silence("y", relu, node("MaxPool", "y", "r"))).isEqualTo(Silence.ZERO);
    NodeProto[] chain = {
      relu, node("Identity", "i", "r"), node("MaxPool", "m", "i"), node("Dropout", "y", "m")
    };
    assertThat(silence("y", chain)).isEqualTo(Silence.ZERO);
    assertThat(silence("y", relu, node("AveragePool", "y", "r"))).isNull();
    assertThat(silence("y", node("MaxPool", "y", "x"))).isNull();
  }

  @Test
  void othersOperatorsCutNothingOffAndPassNothingOn() {
    assertThat(silence("y", call("Relu", "y", "x"))).isNull();
    assertThat(silence("c", CONV, call("Relu", "y", "c"))).isNull();
    assertThat(silence("c", CONV, call("Dropout", "d", "c"), node("Relu", "y", "d"))).isNull();
    assertThat(silence("y", node("Relu", "r", "x"), call("MaxPool", "y", "r"))).isNull();
    assertThat(silence("c", call("Conv", "c", "x", "w"), node("Relu", "y", "c"))).isNull();
    NodeProto threshold = with(node("ThresholdedRelu", "y", "c"), "alpha", -1f);
    assertThat(silence("c", CONV, threshold)).isEqualTo(Silence.upTo(-1));
  }
}
