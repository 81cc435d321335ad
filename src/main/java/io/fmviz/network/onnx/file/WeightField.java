package io.fmviz.network.onnx.file;

/**
 * The messages of an ONNX file in which weights may be, by the numbers of their fields
 * (onnx.proto): the model's graph, its initializers, and the tensors of its Constant nodes.
 */
public enum WeightField {
  MODEL,
  GRAPH,
  NODE,
  ATTRIBUTE,
  TENSOR;

  /** A tensor's values as bytes. */
  static final int RAW_DATA = 9;

  /** The message in one of the fields; null if nothing of interest is in it. */
  WeightField inner(int field) {
    return switch (this) {
      case MODEL -> field == 7 ? GRAPH : null;
      case GRAPH -> field == 1 ? NODE : field == 5 ? TENSOR : null;
      case NODE -> field == 5 ? ATTRIBUTE : null;
      case ATTRIBUTE -> field == 5 ? TENSOR : null;
      case TENSOR -> null;
    };
  }
}
