package io.fmviz.network.onnx.layers;

import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts the weights and biases of layers; those that several share under one name count for the
 * first. (PyTorch writes equal ones once too, but names each.)
 */
final class Parameters {
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
        if (constants.has(tensor) && isParameter(module, op, place)) {
          count += count(tensor);
        }
      }
    }
    return count;
  }

  private long count(String tensor) {
    return constants.sources(tensor).stream()
        .filter(counted::add)
        .mapToLong(source -> Math.max(0, constants.size(source)))
        .sum();
  }

  private boolean isParameter(Module module, Op op, int place) {
    String tensor = op.input(place);
    Operator.Inputs inputs = op.operator().inputs();
    boolean isScale = module.operator().inputs().weightZero() >= 0 && op.is("Mul");
    return inputs.learned().contains(place)
        || (inputs.operands().contains(place) && !isScale && constants.size(tensor) > 1);
  }
}
