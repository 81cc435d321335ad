package io.fmviz.network.onnx.layers;

import static io.fmviz.network.onnx.SmallModel.call;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.weight;
import static io.fmviz.network.onnx.SmallModel.with;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.DeadRule;
import io.fmviz.network.onnx.ReadGraph;
import io.fmviz.network.onnx.SmallModel;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadRulesTest {
  private static final NodeProto CONV = node("Conv", "c", "x", "w");

  /** Of the layer that makes a tensor. */
  private static DeadRule deadRule(String tensor, NodeProto... nodes) {
    ReadGraph graph =
        ReadGraph.of(
            new SmallModel(nodes)
                .with(weight("w", 4, 3, 3, 3), reals("3", 3), reals("0", 0), reals("6", 6)));
    PatternFusion modules =
        new PatternFusion(graph.graph(), graph.constants(), ReadGraph.maps(Set.of("b"), Map.of()));
    return new DeadRules(graph.graph(), modules, graph.constants())
        .of(modules.of(graph.op(tensor)));
  }

  @ParameterizedTest
  @CsvSource({"Relu, 0", "HardSwish, -3", "HardSigmoid, -2.5", "ThresholdedRelu, 1"})
  void aLayerIsDeadUpToWhereTheOnlyReaderCutsOff(String type, float threshold) {
    NodeProto activation = node(type, "y", "c");
    assertThat(deadRule("c", CONV, activation)).isEqualTo(DeadRule.upTo(threshold));
    assertThat(deadRule("y", CONV, activation)).isEqualTo(DeadRule.ZERO);
  }

  @Test
  void anyWayToTheOnlyReaderCounts() {
    NodeProto[] ways = {
      CONV, node("Identity", "i", "c"), node("Dropout", "d", "i"), node("Relu", "y", "d")
    };
    assertThat(deadRule("c", ways)).isEqualTo(DeadRule.upTo(0));
    assertThat(deadRule("b", node("BatchNormalization", "b", "x"), node("Relu", "y", "b")))
        .isEqualTo(DeadRule.upTo(0));
    NodeProto[] several = {
      CONV,
      node("Add", "a", "c", "3"),
      node("Clip", "k", "a", "0", "6"),
      node("Mul", "m", "c", "k"),
      node("Div", "y", "m", "6")
    };
    assertThat(deadRule("c", several)).isEqualTo(DeadRule.upTo(-3));
    assertThat(deadRule("y", several)).isEqualTo(DeadRule.ZERO);
  }

  @Test
  void noChannelIsDeadThatSomebodyElseReads() {
    NodeProto relu = node("Relu", "r", "c");
    assertThat(deadRule("c", CONV, relu, node("Add", "y", "r", "c"))).isNull();
    assertThat(deadRule("c", CONV, node("Sigmoid", "y", "c"))).isNull();
    assertThat(deadRule("c", CONV)).isNull();
    assertThat(deadRule("y", node("Conv", "y", "x", "w"), node("Relu", "r", "y"))).isNull();
    assertThat(deadRule("c", CONV, node("Identity", "y", "c"), node("Relu", "r", "y"))).isNull();
    assertThat(deadRule("a", node("Add", "a", "x", "x"), node("Relu", "y", "a"))).isNull();
    NodeProto like = node("CastLike", "y", "r", "c");
    assertThat(deadRule("c", CONV, node("Relu", "r", "x"), like)).isNull();
  }

  @Test
  void zerosStayZeros() {
    NodeProto relu = node("Relu", "r", "x");
    assertThat(deadRule("y", relu, node("MaxPool", "y", "r"))).isEqualTo(DeadRule.ZERO);
    NodeProto[] chain = {
      relu, node("Identity", "i", "r"), node("MaxPool", "m", "i"), node("Dropout", "y", "m")
    };
    assertThat(deadRule("y", chain)).isEqualTo(DeadRule.ZERO);
    assertThat(deadRule("y", relu, node("AveragePool", "y", "r"))).isNull();
    assertThat(deadRule("y", node("MaxPool", "y", "x"))).isNull();
  }

  @Test
  void othersOperatorsCutNothingOffAndPassNothingOn() {
    assertThat(deadRule("y", call("Relu", "y", "x"))).isNull();
    assertThat(deadRule("c", CONV, call("Relu", "y", "c"))).isNull();
    assertThat(deadRule("c", CONV, call("Dropout", "d", "c"), node("Relu", "y", "d"))).isNull();
    assertThat(deadRule("y", node("Relu", "r", "x"), call("MaxPool", "y", "r"))).isNull();
    assertThat(deadRule("c", call("Conv", "c", "x", "w"), node("Relu", "y", "c"))).isNull();
    NodeProto threshold = with(node("ThresholdedRelu", "y", "c"), "alpha", -1f);
    assertThat(deadRule("c", CONV, threshold)).isEqualTo(DeadRule.upTo(-1));
  }
}
