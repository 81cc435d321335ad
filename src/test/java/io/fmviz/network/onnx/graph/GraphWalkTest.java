package io.fmviz.network.onnx.graph;

import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.with;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.onnx.ReadGraph;
import io.fmviz.network.onnx.SmallModel;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphWalkTest {
  private static GraphWalk walk(NodeProto... nodes) {
    return new GraphWalk(ReadGraph.of(new SmallModel(nodes)).graph());
  }

  private static boolean passes(Op op) {
    return op.operator().passing().keepsValues();
  }

  private static List<String> outputs(Collection<Op> ops) {
    return ops.stream().map(Op::output).toList();
  }

  @Test
  void backGoesThroughWhatPassesATensorOn() {
    GraphWalk walk =
        walk(node("Relu", "r", "x"), node("Identity", "i", "r"), node("Cast", "y", "i"));
    assertThat(walk.back("y", GraphWalkTest::passes)).isEqualTo("r");
    assertThat(walk.back("r", GraphWalkTest::passes)).isEqualTo("r");
    assertThat(walk.back("y", op -> true)).isEqualTo("x");
    assertThat(walk.back("y", GraphWalkTest::passes, "i"::equals)).isEqualTo("i");
    assertThat(walk.back("y", GraphWalkTest::passes, "none"::equals)).isEqualTo("r");
  }

  @Test
  void backEndsInACircleAndAfterAThousandSteps() {
    assertThat(
            walk(node("Identity", "a", "b"), node("Identity", "b", "a"))
                .back("a", GraphWalkTest::passes))
        .isIn("a", "b");
    NodeProto[] chain = new NodeProto[1001];
    for (int i = 0; i < chain.length; i++) {
      chain[i] = node("Identity", "t" + i, i == 0 ? "x" : "t" + (i - 1));
    }
    GraphWalk walk = walk(chain);
    assertThat(walk.back("t999", GraphWalkTest::passes)).isEqualTo("x");
    assertThat(walk.back("t1000", GraphWalkTest::passes)).isEqualTo("t0");
  }

  @Test
  void forwardFindsEveryReaderOnceBehindWhatPassesATensorOn() {
    GraphWalk walk =
        walk(
            node("Identity", "i", "x"),
            node("Relu", "r", "x"),
            node("Cast", "c", "i"),
            node("Add", "a", "c", "i"),
            node("Neg", "y", "c"));
    assertThat(outputs(walk.forward("x", GraphWalkTest::passes)))
        .containsExactly("r", "a", "a", "y");
    assertThat(outputs(walk.forward("c", GraphWalkTest::passes))).containsExactly("a", "y");
    assertThat(walk.forward("y", GraphWalkTest::passes)).isEmpty();
  }

  @Test
  void forwardEndsInACircle() {
    GraphWalk walk =
        walk(node("Identity", "a", "b"), node("Identity", "b", "a"), node("Neg", "y", "b"));
    assertThat(outputs(walk.forward("a", GraphWalkTest::passes))).containsExactly("y");
  }

  /** CastLike reads its second input for the type alone; what comes out is the first. */
  @Test
  void onlyAFirstInputIsPassedOn() {
    GraphWalk walk =
        walk(node("Neg", "n", "x"), node("CastLike", "c", "x", "n"), node("Relu", "y", "c"));
    assertThat(outputs(walk.forward("n", GraphWalkTest::passes))).containsExactly("c");
    assertThat(outputs(walk.forward("x", GraphWalkTest::passes))).containsExactly("n", "y");
    assertThat(walk.back("c", GraphWalkTest::passes)).isEqualTo("x");
  }

  @Test
  void afterATensorComesAllThatItGoesInto() {
    GraphWalk walk =
        walk(
            node("Relu", "r", "x"),
            node("Neg", "other", "z"),
            with(node("If", "y", "other"), "then_branch", node("Abs", "b", "r")),
            node("Add", "a", "y", "other"));
    assertThat(outputs(walk.after("r"))).containsExactlyInAnyOrder("y", "a");
    assertThat(outputs(walk.after("x"))).containsExactlyInAnyOrder("r", "y", "a");
    assertThat(walk.after("a")).isEmpty();
  }

  @Test
  void beforeTensorsComesAllThatTheyAreMadeOfInTheGraphsOrder() {
    GraphWalk walk =
        walk(
            node("Relu", "r", "x"),
            node("Neg", "n", "x"),
            node("Add", "a", "n", "r"),
            with(node("If", "y", "c"), "then_branch", node("Abs", "b", "a")),
            node("Exp", "e", "x"));
    assertThat(outputs(walk.before(List.of("y"), Set.of()))).containsExactly("r", "n", "a", "y");
    assertThat(outputs(walk.before(List.of("e", "n"), Set.of()))).containsExactly("n", "e");
    assertThat(outputs(walk.before(List.of("y"), Set.of("n")))).containsExactly("r", "a", "y");
    assertThat(walk.before(List.of("y"), Set.of("y"))).isEmpty();
    assertThat(walk.before(List.of("x"), Set.of())).isEmpty();
  }
}
