package io.fmviz.network.onnx.gradient;

/** No gradient goes through an operator as it stands in the graph. */
final class NoRuleException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoRuleException(String reason) {
    super(reason);
  }
}
