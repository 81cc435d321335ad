package io.fmviz.network.onnx;

import java.util.List;

/**
 * What is one layer to people: an operator, or several that make one.
 *
 * @param type PyTorch's name where it has one, else the operator's
 * @param ops in the graph's order
 */
record Module(String type, List<Op> ops) {
  /** The one whose output is the layer's. */
  Op last() {
    return ops.get(ops.size() - 1);
  }

  /** The one that the layer is named after. */
  Op first() {
    return ops.get(0);
  }
}
