package io.fmviz.network.onnx.layers;

import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphWalk;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Passing;

/** By which scale the integers of quantized tensors stand for real numbers. */
final class Quantized {
  private final Graph graph;
  private final Constants constants;

  Quantized(Graph graph, Constants constants) {
    this.graph = graph;
    this.constants = constants;
  }

  /** How a quantized tensor is listened to; null where its scale isn't in the graph. */
  IntermediateOutput output(String tensor, ElementType type) {
    for (Op reader : graph.readers(tensor)) {
      if (reader.operator().passing() == Passing.SCALED && reader.input(0).equals(tensor)) {
        return output(tensor, type, reader, 1);
      }
    }
    GraphWalk walk = new GraphWalk(graph);
    Op maker = graph.maker(walk.back(tensor, op -> op.operator().passing().keepsScale()));
    int scale = maker == null ? -1 : maker.operator().inputs().scale();
    return scale < 0 ? null : output(tensor, type, maker, scale);
  }

  private IntermediateOutput output(String tensor, ElementType type, Op op, int scale) {
    String zero = op.input(scale + 1);
    boolean isKnown =
        constants.scalar(op.input(scale)) != null
            && (zero.isEmpty() || constants.scalar(zero) != null);
    return isKnown ? IntermediateOutput.quantized(tensor, type, op.input(scale), zero) : null;
  }
}
