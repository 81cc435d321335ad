package io.fmviz.network.onnx.layers;

import static io.fmviz.network.onnx.SmallModel.call;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.small;
import static io.fmviz.network.onnx.SmallModel.smallWeight;
import static io.fmviz.network.onnx.SmallModel.weight;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.onnx.ReadGraph;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.network.onnx.file.ElementType;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
  /** Of each operator's layer, in the graph's order. */
  private static long[] counts(NodeProto... nodes) {
    ReadGraph graph =
        ReadGraph.of(
            new SmallModel(nodes)
                .with(weight("w", 4, 3, 3, 3), weight("m", 4, 5), weight("4", 4), weight("5", 5))
                .with(smallWeight("q", ElementType.UINT8, 4, 3, 3, 3), reals("s", 1))
                .with(smallWeight("qm", ElementType.UINT8, 4, 5), small("z", ElementType.UINT8, 2))
                .with(smallWeight("each", ElementType.UINT8, 4)));
    PatternFusion modules =
        new PatternFusion(graph.graph(), graph.constants(), ReadGraph.maps(Set.of(), Map.of()));
    Parameters parameters = new Parameters(graph.constants());
    return graph.graph().ops().stream()
        .map(modules::of)
        .distinct()
        .mapToLong(parameters::count)
        .toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "'', Conv, x w 4, 112",
    "'', ConvTranspose, x w, 108",
    "'', ConvInteger, x q z each, 108",
    "'', QLinearConv, x s z q s each s z 4, 112",
    "'', Gemm, x m 5, 25",
    "'', MatMul, x m, 20",
    "'', MatMul, m x, 20",
    "'', MatMulInteger, x qm z z, 20",
    "'', QLinearMatMul, x s z qm s z s z, 20",
    "com.microsoft, QGemm, x s z qm s z 5 s z, 25",
    "'', BatchNormalization, x 4 5 s s, 9",
    "'', PRelu, x 4, 4",
    "'', Mul, x 4, 4",
    "'', Add, s x, 0",
    "'', Clip, x s s, 0",
    "'', Resize, x 4 5, 0",
    "my.own, Conv, x w 4, 0",
    "my.own, Mul, x 4, 0",
    "com.microsoft, Conv, x w 4, 0"
  })
  void whatIsLearnedCountsAndWhatDescribesItDoesNot(
      String domain, String type, String inputs, long count) {
    NodeProto node = node(type, "y", inputs.split(" ")).toBuilder().setDomain(domain).build();
    assertThat(counts(node)).containsExactly(count);
  }

  @Test
  void whatSeveralLayersShareCountsForTheFirst() {
    assertThat(counts(node("Conv", "a", "x", "w", "4"), node("Conv", "y", "a", "w", "5")))
        .containsExactly(112, 5);
  }

  @Test
  void aBiasThatIsAddedApartIsItsLayers() {
    assertThat(counts(node("MatMul", "p", "x", "m"), node("Add", "y", "5", "p")))
        .containsExactly(25);
  }

  @Test
  void aQuantizedWeightCountsAsWhatItStandsFor() {
    assertThat(counts(node("DequantizeLinear", "d", "q", "s"), node("Conv", "y", "x", "d")))
        .containsExactly(0, 108);
    assertThat(counts(call("DequantizeLinear", "d", "q", "s"), node("Conv", "y", "x", "d")))
        .containsExactly(0, 0);
  }
}
