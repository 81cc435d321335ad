package io.fmviz.tensor;

/** A tensor of a file, whose values may not have been looked at yet. */
public interface StoredTensor {
  /** The values' type as safetensors names it: {@code F32}, {@code BF16}, ... */
  String type();

  /** No dimension is negative; empty for a scalar. */
  long[] shape();

  /**
   * The tensor with its values.
   *
   * @throws io.fmviz.base.UserException if there are more in the end than the file has
   */
  Tensor read();

  /** Whether {@link Tensor#toFloat32} takes it. */
  default boolean isFloating() {
    return Tensor.FLOATING.contains(type());
  }
}
