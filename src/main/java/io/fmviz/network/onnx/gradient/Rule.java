package io.fmviz.network.onnx.gradient;

import io.fmviz.network.onnx.graph.Op;

/** How gradients go through an operator. */
@FunctionalInterface
interface Rule {
  /**
   * Appends what makes the gradients by an operator's inputs of those by its outputs.
   *
   * @param gradient by its first output, in that one's shape
   * @throws NoRuleException if it can't be done with these attributes
   */
  void emit(Op op, String gradient, Backward to);
}
