package io.fmviz.network.onnx.layers;

import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphWalk;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import java.util.List;

/**
 * Which tensor has the logits.
 *
 * @param tensor {@code (batch, classes)}; null if the network has none
 */
record LogitsTensor(String tensor) {
  /** A network with several outputs doesn't say which of them is the answer. */
  static LogitsTensor of(Graph graph, ShapeInference.Tensors found) {
    List<String> outputs = graph.outputs();
    if (outputs.size() != 1 || !isScores(outputs.get(0), found)) {
      return new LogitsTensor(null);
    }
    String tensor = outputs.get(0);
    GraphWalk walk = new GraphWalk(graph);
    Op maker = graph.maker(walk.back(tensor, op -> op.operator().passing().keepsValues()));
    boolean isShare =
        maker != null
            && maker.operator().is(Operator.Trait.SHARES)
            && maker.number("axis", -1) != 0
            && isScores(maker.input(0), found);
    return new LogitsTensor(isShare ? maker.input(0) : tensor);
  }

  private static boolean isScores(String tensor, ShapeInference.Tensors found) {
    List<Integer> shape = found.tensors().get(tensor);
    return shape != null
        && shape.size() == 1
        && found.types().getOrDefault(tensor, ElementType.OTHER).isReal();
  }
}
