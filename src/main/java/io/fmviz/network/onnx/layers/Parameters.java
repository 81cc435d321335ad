package io.fmviz.network.onnx.layers;

import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Op;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts the weights and biases of layers; those that several share under one name count for the
 * first. (PyTorch writes equal ones once too, but names each.)
 */
final class Parameters {
  private static final Set<String> OF_WEIGHTS =
      Set.of(
          "Conv",
          "ConvTranspose",
          "Gemm",
          "MatMul",
          "InstanceNormalization",
          "LayerNormalization",
          "GroupNormalization",
          "PRelu",
          "ConvInteger");

  /** Scale and bias; what it has seen of its input is neither. */
  private static final Set<Integer> OF_BATCH_NORM = Set.of(1, 2);

  private static final Set<Integer> OF_QUANTIZED = Set.of(3, 8);
  private static final Set<String> OF_EACH = Set.of("Add", "Sub", "Mul", "Div");

  private final Constants constants;
  private final Set<String> counted = new HashSet<>();

  Parameters(Constants constants) {
    this.constants = constants;
  }

  long count(Module module) {
    long count = 0;
    for (Op op : module.ops()) {
      for (int place = 0; place < op.inputs().size(); place++) {
        String tensor = op.input(place);
        if (constants.has(tensor) && isParameter(op, place, tensor) && counted.add(tensor)) {
          count += Math.max(0, constants.size(tensor));
        }
      }
    }
    return count;
  }

  private boolean isParameter(Op op, int place, String tensor) {
    return switch (op.type()) {
      case "BatchNormalization" -> OF_BATCH_NORM.contains(place);
      case "QLinearConv" -> OF_QUANTIZED.contains(place);
      default ->
          OF_WEIGHTS.contains(op.type())
              || (OF_EACH.contains(op.type()) && constants.size(tensor) > 1);
    };
  }
}
