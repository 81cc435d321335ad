package io.fmviz.network.onnx.layers;

import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.Op;
import java.util.List;
import java.util.Set;

/**
 * Which tensor has the logits.
 *
 * @param tensor {@code (batch, classes)}; null if the network has none
 */
record Answer(String tensor) {
  private static final Set<String> PASSING = Set.of("Identity", "Dropout", "Cast");

  /** A network with several outputs doesn't say which of them is the answer. */
  static Answer of(Graph graph, Inspection.Found found) {
    List<String> outputs = graph.outputs();
    if (outputs.size() != 1 || !isScores(outputs.get(0), found)) {
      return new Answer(null);
    }
    String tensor = outputs.get(0);
    Op maker = graph.maker(tensor);
    while (maker != null && PASSING.contains(maker.type())) {
      maker = graph.maker(maker.input(0));
    }
    boolean isShare =
        maker != null
            && (maker.type().equals("Softmax") || maker.type().equals("LogSoftmax"))
            && maker.number("axis", -1) != 0
            && isScores(maker.input(0), found)
            && graph.maker(maker.input(0)) != null;
    return new Answer(isShare ? maker.input(0) : tensor);
  }

  private static boolean isScores(String tensor, Inspection.Found found) {
    List<Integer> shape = found.tensors().get(tensor);
    return shape != null
        && shape.size() == 1
        && found.types().getOrDefault(tensor, ElementType.OTHER).isReal();
  }
}
