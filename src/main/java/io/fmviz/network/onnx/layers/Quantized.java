package io.fmviz.network.onnx.layers;

import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Tap;
import java.util.Map;
import java.util.Set;

/** By which scale the integers of quantized tensors stand for real numbers. */
final class Quantized {
  /** Where operators that make integers have their output's scale; what is zero comes behind it. */
  private static final Map<String, Integer> SCALES =
      Map.of(
          "QuantizeLinear", 1,
          "QLinearConv", 6,
          "QLinearMatMul", 6,
          "QLinearAdd", 6,
          "QLinearMul", 6,
          "QLinearSigmoid", 3,
          "QLinearLeakyRelu", 3,
          "QLinearGlobalAveragePool", 3,
          "QLinearAveragePool", 3,
          "QLinearConcat", 0);

  private static final Set<String> KEEPING =
      Set.of("MaxPool", "Relu", "Reshape", "Transpose", "Identity", "Flatten", "Squeeze", "Clip");

  private final Graph graph;
  private final Constants constants;

  Quantized(Graph graph, Constants constants) {
    this.graph = graph;
    this.constants = constants;
  }

  /** How a quantized tensor is listened to; null where its scale isn't in the graph. */
  Tap tap(String tensor, ElementType type) {
    for (Op reader : graph.readers(tensor)) {
      if (reader.type().equals("DequantizeLinear") && reader.input(0).equals(tensor)) {
        return tap(tensor, type, reader, 1);
      }
    }
    Op maker = graph.maker(tensor);
    while (maker != null && KEEPING.contains(maker.type())) {
      maker = graph.maker(maker.input(0));
    }
    Integer scale = maker == null ? null : SCALES.get(maker.type());
    return scale == null ? null : tap(tensor, type, maker, scale);
  }

  private Tap tap(String tensor, ElementType type, Op op, int scale) {
    String zero = op.input(scale + 1);
    boolean isKnown =
        constants.scalar(op.input(scale)) != null
            && (zero.isEmpty() || constants.scalar(zero) != null);
    return isKnown ? new Tap(tensor, type, op.input(scale), zero) : null;
  }
}
