package io.fmviz.network.torch;

/** Where a new network's parameters come from: drawn at random, or read from a checkpoint. */
@FunctionalInterface
public interface WeightSource {
  /**
   * The values of one parameter, row by row.
   *
   * @param name as PyTorch names it, {@code net.0.weight}
   * @param shape the product of which is the number of values
   */
  float[] values(String name, long[] shape);
}
