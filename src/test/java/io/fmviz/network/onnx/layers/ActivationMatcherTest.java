package io.fmviz.network.onnx.layers;

import static io.fmviz.network.onnx.SmallModel.call;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.small;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.onnx.ReadGraph;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationMatcherTest {
  /** Operators in words, {@code Add a x 3; Neg y a}: type, output and inputs. */
  private static ReadGraph graph(String text) {
    SmallModel model =
        new SmallModel(
                List.of(text.split("; ")).stream()
                    .map(one -> one.split(" ", 3))
                    .map(words -> node(words[0], words[1], words[2].split(" ")))
                    .toArray(NodeProto[]::new))
            .with(small("twelve", ElementType.UINT8, 12), reals("row", 1, 2))
            .with(reals("root", Math.sqrt(2)), reals("factor", Math.sqrt(2 / Math.PI)));
    for (String number : new String[] {"0", "0.5", "1", "2", "3", "6", "0.044715"}) {
      model.with(reals(number, Double.parseDouble(number)));
    }
    return ReadGraph.of(model);
  }

  /** What all operators that make each value by itself are together. */
  private static Operator together(String text) {
    ReadGraph graph = graph(text);
    List<Op> ops = graph.graph().ops().stream().filter(ActivationMatcher::isOfEach).toList();
    return new ActivationMatcher(graph.constants()).together(ops, "x");
  }

  @ParameterizedTest
  @CsvSource({
    "SiLU, Sigmoid s x; Mul y x s",
    "SiLU, Neg n x; Exp e n; Add a e 1; Div y x a",
    "Hardswish, Add a x 3; Clip c a 0 6; Mul m c x; Div y m 6",
    "Hardswish, Add a x 3; Relu r a; Min c r 6; Div d c 6; Mul y x d",
    "Hardsigmoid, Add a x 3; Clip c a 0 6; Div y c 6",
    "Hardsigmoid, DequantizeLinear six twelve 0.5; Add a x 3; Clip c a 0 six; Div y c six",
    "ReLU6, Relu r x; Min y r 6",
    "GELU, Div d x root; Erf e d; Add a e 1; Mul m x a; Mul y m 0.5",
    "GELU, Pow p x 3; Mul m p 0.044715; Add a x m; Mul b a factor; Tanh t b; Add c t 1; "
        + "Mul d x c; Mul y d 0.5",
    "Mish, Softplus s x; Tanh t s; Mul y x t",
    "Softplus, Exp e x; Add a e 1; Log y a"
  })
  void functionsAreKnownByWhatTheyMakeOfNumbers(String layer, String text) {
    assertThat(together(text).layer()).isEqualTo(layer);
  }

  @ParameterizedTest
  @CsvSource({
    "Sigmoid s x; Mul y s s",
    "Add a x 2; Clip c a 0 6; Mul m c x; Div y m 6",
    "Relu r x; Min y r 3",
    "Relu r x; Min y r 6 6",
    "Clip y x z 6",
    "Sigmoid s x; Mul y z s",
    "Sigmoid s x; Mul y s row"
  })
  void whatTheyAreNotIsNotKnown(String text) {
    assertThat(together(text)).isNull();
  }

  @Test
  void operandsAreTensorsThatAreNoNumbers() {
    ReadGraph graph = graph("Clip c x  6; Add a c 3; Mul m a row; Add y m m");
    ActivationMatcher formula = new ActivationMatcher(graph.constants());
    assertThat(formula.operands(graph.op("c"))).containsExactly("x");
    assertThat(formula.operands(graph.op("a"))).containsExactly("c");
    assertThat(formula.operands(graph.op("m"))).containsExactly("a", "row");
    assertThat(formula.operands(graph.op("y"))).containsExactly("m");
  }

  @Test
  void othersOperatorsMakeNothingThatIsKnown() {
    ReadGraph graph =
        ReadGraph.of(new SmallModel(call("Sigmoid", "s", "x"), node("Softmax", "y", "s")));
    assertThat(ActivationMatcher.isOfEach(graph.op("s"))).isFalse();
    assertThat(ActivationMatcher.isOfEach(graph.op("y"))).isFalse();
    assertThat(ActivationMatcher.isOfEach(graph("Sigmoid y x").op("y"))).isTrue();
    NodeProto two = node("Sigmoid", "y", "x").toBuilder().addOutput("z").build();
    assertThat(ActivationMatcher.isOfEach(ReadGraph.of(new SmallModel(two)).op("y"))).isFalse();
  }
}
