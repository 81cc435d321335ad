package io.fmviz.network.onnx.layers;

import static io.fmviz.network.onnx.SmallModel.call;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.with;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.AnswerChoice;
import io.fmviz.network.onnx.ReadGraph;
import io.fmviz.network.onnx.SmallModel;
import io.fmviz.network.onnx.file.ElementType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTensorTest {
  private static final NodeProto SCORES = node("Gemm", "g", "x", "w");

  /** The tensor that has the logits; all tensors are rows of five, but m, which is a map. */
  private static String answer(SmallModel model, ElementType type) {
    ReadGraph graph = ReadGraph.of(model);
    Map<String, List<Integer>> shapes = new HashMap<>();
    Map<String, ElementType> types = new HashMap<>();
    graph.graph().ops().forEach(op -> shapes.put(op.output(), List.of(5)));
    shapes.put("m", List.of(3, 8, 8));
    shapes.put("one", List.of(1));
    shapes.put("four", List.of(4));
    shapes.put("points", List.of(5, 1, 1));
    shapes.keySet().forEach(tensor -> types.put(tensor, type));
    ShapeInference.Tensors found =
        new ShapeInference.Tensors(
            shapes, types, 0, Set.of(), Map.of(), ShapeInference.Layouts.FIRST);
    return AnswerTensor.of(
            new OutputEnds(graph.graph(), found, graph.constants()), AnswerChoice.ANY)
        .tensor();
  }

  private static String answer(NodeProto... nodes) {
    return answer(new SmallModel(nodes), ElementType.FLOAT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Softmax", "LogSoftmax"})
  void whatGoesIntoSharesIsTheLogits(String type) {
    assertThat(answer(SCORES, node(type, "y", "g"))).isEqualTo("g");
    assertThat(
            answer(
                SCORES,
                with(node(type, "s", "g"), "axis", 1),
                node("Cast", "c", "s"),
                node("Identity", "y", "c")))
        .isEqualTo("g");
  }

  @Test
  void whatOnlyReshapesBehindSharesIsPassed() {
    assertThat(answer(SCORES, node("Softmax", "s", "g"), node("Reshape", "y", "s", "sides")))
        .isEqualTo("g");
    NodeProto ofChannels = with(node("Softmax", "s", "points"), "axis", 1);
    assertThat(answer(node("Conv", "points", "x", "w"), ofChannels, node("Flatten", "y", "s")))
        .isEqualTo("points");
    // Of one value each: whatever the network says, these shares are all 1.
    NodeProto ofColumns = node("Softmax", "s", "points");
    assertThat(answer(node("Conv", "points", "x", "w"), ofColumns, node("Flatten", "y", "s")))
        .isEqualTo("y");
  }

  /** A Softmax took all axes from the second on, be they one value each. */
  @Test
  void upToOperatorSet12SharesAreOfAllBehindTheBatch() {
    NodeProto scores = node("Conv", "points", "x", "w");
    NodeProto[] all = {scores, node("Softmax", "y", "points")};
    assertThat(answer(new SmallModel(all).ofOperatorSet(12), ElementType.FLOAT))
        .isEqualTo("points");
    assertThat(answer(new SmallModel(all).ofOperatorSet(13), ElementType.FLOAT)).isEqualTo("y");
    NodeProto[] rows = {scores, with(node("Softmax", "y", "points"), "axis", 2)};
    assertThat(answer(new SmallModel(rows).ofOperatorSet(12), ElementType.FLOAT)).isEqualTo("y");
  }

  @Test
  void exponentialsDividedByTheirSumAreShares() {
    NodeProto sum = node("ReduceSum", "one", "e", "axes");
    NodeProto share = node("Div", "y", "e", "one");
    assertThat(answer(SCORES, node("Exp", "e", "g"), sum, share)).isEqualTo("g");
    assertThat(
            answer(
                new SmallModel(
                    SCORES,
                    node("ReduceMax", "one2", "g"),
                    node("Sub", "d", "g", "one2"),
                    node("Exp", "e", "d"),
                    sum,
                    share),
                ElementType.FLOAT))
        .isEqualTo("d");
    assertThat(answer(SCORES, node("Exp", "e", "g"), node("Div", "y", "e", "g"))).isEqualTo("y");
  }

  @Test
  void ofSeveralOutputsTheOneBehindSharesOrOfRowsIsTheAnswer() {
    NodeProto[] nodes = {SCORES, node("Softmax", "s", "g"), node("Gemm", "f", "x", "v")};
    assertThat(answer(new SmallModel(nodes).withOutputs("f", "s"), ElementType.FLOAT))
        .isEqualTo("g");
    assertThat(answer(new SmallModel(nodes).withOutputs("g", "s"), ElementType.FLOAT))
        .isEqualTo("g");
    SmallModel features = new SmallModel(SCORES, node("Conv", "points", "x", "w"));
    assertThat(answer(features.withOutputs("points", "g"), ElementType.FLOAT)).isEqualTo("g");
    assertThat(answer(features.withOutputs("points"), ElementType.FLOAT)).isEqualTo("points");
    // Others of another number may be the answer as well.
    SmallModel two =
        new SmallModel(SCORES, node("Softmax", "s", "g"), node("Gemm", "four", "x", "v"));
    assertThat(answer(two.withOutputs("four", "s"), ElementType.FLOAT)).isNull();
  }

  @Test
  void everyOtherEndIsTheAnswerItself() {
    assertThat(answer(node("Gemm", "y", "x", "w"))).isEqualTo("y");
    assertThat(answer(SCORES, node("Sigmoid", "y", "g"))).isEqualTo("g");
    assertThat(answer(SCORES, with(node("Softmax", "y", "g"), "axis", 0))).isEqualTo("y");
    assertThat(answer(node("Conv", "m", "x", "w"), node("Softmax", "y", "m"))).isEqualTo("y");
    assertThat(answer(node("Softmax", "y", "x"))).isEqualTo("y");
    assertThat(answer(SCORES, node("Softmax", "s", "g"), node("Neg", "y", "s"))).isEqualTo("y");
  }

  @Test
  void othersSoftmaxIsNotOnnxs() {
    assertThat(answer(SCORES, call("Softmax", "y", "g"))).isEqualTo("y");
    assertThat(answer(SCORES, node("Softmax", "s", "g"), call("Identity", "y", "s")))
        .isEqualTo("y");
  }

  @Test
  void noAnswerIsKnownOfSeveralOutputsOfMapsAndOfIntegers() {
    SmallModel model = new SmallModel(SCORES, node("Relu", "y", "g"));
    assertThat(answer(model.withOutputs("y", "g"), ElementType.FLOAT)).isNull();
    assertThat(answer(model.withOutputs("m"), ElementType.FLOAT)).isNull();
    assertThat(answer(model.withOutputs("y"), ElementType.INT64)).isNull();
    assertThat(answer(model.withOutputs("y"), ElementType.FLOAT16)).isEqualTo("y");
  }
}
