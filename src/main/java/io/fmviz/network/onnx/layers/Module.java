package io.fmviz.network.onnx.layers;

import io.fmviz.network.onnx.graph.Op;
import java.util.List;

/**
 * What is one layer to people: an operator, or several that make one.
 *
 * @param type PyTorch's name where it has one, else the operator's
 * @param ops in the graph's order
 */
public record Module(String type, List<Op> ops) {
  /** The one whose output is the layer's. */
  public Op last() {
    return ops.get(ops.size() - 1);
  }

  /** The one that the layer is named after. */
  public Op first() {
    return ops.get(0);
  }
}
