package io.fmviz.network.onnx.layers;

import static io.fmviz.network.onnx.SmallModel.microsoft;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.weight;
import static io.fmviz.network.onnx.SmallModel.with;
import static io.fmviz.network.onnx.SmallModel.withAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.InputForm;
import io.fmviz.network.onnx.ReadGraph;
import io.fmviz.network.onnx.SmallModel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutSearchTest {
  private static final NodeProto TO_LAST = withAll(node("Transpose", "l", "c"), "perm", 0, 2, 3, 1);
  private static final NodeProto CONV = node("Conv", "c", "x", "w");

  /** Where all tensors are maps, those that a shape is given for, and those of no other. */
  private static ShapeInference.Tensors found(
      boolean channelsLast, Map<String, List<Integer>> shapes, NodeProto... nodes) {
    ReadGraph graph =
        ReadGraph.of(new SmallModel(nodes).with(weight("w", 4, 3, 1, 1), weight("m", 4, 5)));
    Map<String, List<Integer>> sides = new HashMap<>(shapes);
    List<String> tensors =
        graph.graph().ops().stream().flatMap(op -> op.outputs().stream()).toList();
    List<Integer> input = channelsLast ? List.of(8, 8, 3) : List.of(3, 8, 8);
    return LayoutSearch.in(
        graph.graph(),
        graph.constants(),
        ReadGraph.maps(tensors, sides),
        new InputLayout(new InputForm(3, 8, 8), input, channelsLast));
  }

  private static Set<String> last(NodeProto... nodes) {
    return found(false, Map.of(), nodes).layouts().channelsLast();
  }

  @Test
  void whatIsNotReachedHasItsChannelsFirst() {
    NodeProto cut = node("Reshape", "a", "x", "w");
    assertThat(last(cut, node("Relu", "y", "a"))).isEmpty();
    assertThat(found(true, Map.of(), cut, node("Relu", "y", "a")).layouts().channelsLast())
        .containsExactly("x");
  }

  /** An operator passes on what it knows once, however many tensors go into it. */
  @Test
  void aConcatOfManyIsLookedAtOnce() {
    int many = 100_000;
    NodeProto.Builder concat = node("Concat", "y").toBuilder();
    NodeProto[] nodes = new NodeProto[many + 2];
    nodes[0] = TO_LAST;
    for (int i = 0; i < many; i++) {
      nodes[i + 1] = node("Relu", "r" + i, i == 0 ? "l" : "x" + i);
      concat.addInput("r" + i);
    }
    nodes[many + 1] = concat.build();
    assertTimeoutPreemptively(Duration.ofMinutes(1), () -> last(nodes));
  }

  @Test
  void fromAConvolutionALayoutGoesOnForwards() {
    ShapeInference.Tensors found =
        found(
            false,
            Map.of("c", List.of(4, 8, 6), "l", List.of(8, 6, 4), "y", List.of(8, 6, 4)),
            CONV,
            TO_LAST,
            node("Relu", "y", "l"));
    assertThat(found.layouts().channelsLast()).containsExactlyInAnyOrder("l", "y");
    assertThat(found.layouts().relaid()).containsExactly("l");
    assertThat(found.tensors().values()).containsOnly(List.of(4, 8, 6)).hasSize(3);
  }

  @Test
  void fromAConvolutionALayoutGoesOnBackwards() {
    assertThat(
            last(
                node("Reshape", "a", "x", "w"),
                node("Relu", "b", "a"),
                withAll(node("Transpose", "f", "b"), "perm", 0, 3, 1, 2),
                node("Conv", "y", "f", "w")))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void theInputSaysItWhereNoConvolutionDoes() {
    NodeProto relu = node("Relu", "y", "x");
    assertThat(found(true, Map.of(), relu).layouts().channelsLast()).containsExactly("x", "y");
    assertThat(last(relu)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Sigmoid, l",
    "Add, l l",
    "Cast, l",
    "Pad, l w",
    "Concat, l l",
    "Softmax, l",
    "Resize, l",
    "Slice, l w",
    "LayerNormalization, l w",
    "ReduceMean, l",
    "QuantizeLinear, l w",
    "MatMul, l m",
  })
  void operatorsThatKeepTheAxesPassItOn(String type, String inputs) {
    NodeProto keeper = node(type, "y", inputs.split(" "));
    assertThat(last(CONV, TO_LAST, keeper)).containsExactlyInAnyOrder("l", "y");
  }

  @ParameterizedTest
  @CsvSource({"MatMul, l l", "Reshape, l w", "Einsum, l", "Own, l", "Gather, l w"})
  void othersEndIt(String type, String inputs) {
    NodeProto other = node(type, "y", inputs.split(" "));
    assertThat(last(CONV, TO_LAST, other)).containsExactly("l");
  }

  @Test
  void onlyATransposeBetweenTheLayoutsGoesOn() {
    for (long[] order : new long[][] {{0, 2, 1, 3}, {0, 3, 1, 2}, {0, 3, 2, 1}, {}}) {
      NodeProto other = withAll(node("Transpose", "y", "c"), "perm", order);
      ShapeInference.Tensors found = found(false, Map.of(), CONV, other);
      assertThat(found.layouts()).isEqualTo(ShapeInference.Layouts.FIRST);
    }
    NodeProto none = withAll(node("Transpose", "y", "l"), "perm", 0, 1, 2, 3);
    assertThat(last(CONV, TO_LAST, none)).containsExactlyInAnyOrder("l", "y");
  }

  /** Converters write a Transpose that moves a side of 1 as a Reshape. */
  @ParameterizedTest
  @CsvSource({"1 8 6, 8 6 1, true", "4 1 1, 1 1 4, true", "4 8 6, 8 6 4, false"})
  void aReshapeThatMovesNoValueIsALayoutToo(String before, String after, boolean isRelaid) {
    ShapeInference.Tensors found =
        found(
            false,
            Map.of("c", sides(before), "y", sides(after)),
            CONV,
            node("Reshape", "y", "c", "m"));
    assertThat(found.layouts().relaid()).isEqualTo(isRelaid ? Set.of("y") : Set.of());
    assertThat(found.tensors().get("y")).isEqualTo(sides(isRelaid ? before : after));
  }

  private static List<Integer> sides(String text) {
    return List.of(text.split(" ")).stream().map(Integer::valueOf).toList();
  }

  /** Two convolutions with a Transpose between: no layout is both. */
  @Test
  void aTransposeBetweenMapsOfOneLayoutMovesValues() {
    ShapeInference.Tensors found =
        found(false, Map.of(), CONV, TO_LAST, node("Conv", "y", "l", "w"));
    assertThat(found.layouts()).isEqualTo(ShapeInference.Layouts.FIRST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"QLinearConv", "QLinearAveragePool", "NhwcMaxPool", "NhwcFusedConv"})
  void onnxRuntimesOperatorsMayHaveThemLast(String type) {
    NodeProto node = with(microsoft(type, "y", "x"), "channels_last", 1);
    assertThat(found(true, Map.of(), node).layouts().channelsLast()).containsExactly("x", "y");
    NodeProto plain = microsoft(type, "y", "x");
    assertThat(found(false, Map.of(), plain).layouts().channelsLast().contains("y"))
        .isEqualTo(type.startsWith("Nhwc"));
  }
}
