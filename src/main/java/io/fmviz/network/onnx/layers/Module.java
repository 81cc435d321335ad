package io.fmviz.network.onnx.layers;

import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import java.util.List;

/**
 * What is one layer to people: an operator, or several that make one.
 *
 * @param operator what they are together
 * @param ops in the graph's order
 */
record Module(Operator operator, List<Op> ops) {
  /** PyTorch's name where it has one, else the operator's. */
  String type() {
    return operator.layer();
  }

  /** The one whose output is the layer's. */
  Op last() {
    return ops.get(ops.size() - 1);
  }

  /** The one that the layer is named after. */
  Op first() {
    return ops.get(0);
  }
}
