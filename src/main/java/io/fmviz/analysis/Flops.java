package io.fmviz.analysis;

import io.fmviz.base.Exact;
import io.fmviz.network.Network;
import io.fmviz.network.Node;

/**
 * Counts floating-point operations, a multiply-add as 2: a layer uses each of its weights once for
 * every position of its output, so that a convolution takes {@code 2 * height * width * out * in /
 * groups * kernel * kernel} and a linear layer {@code 2 * out * in}; a transposed convolution does
 * for every position of its input. Biases and everything else are left out, as is usual.
 */
final class Flops {
  private Flops() {}

  /** Of one of a network's layers for one image; 0 where its shape isn't known. */
  static long of(Network network, Node node) {
    long weights = network.weights(node);
    if (weights == 0 || node.shape().isEmpty()) {
      return 0;
    }
    boolean isTransposed =
        node.type().equals("ConvTranspose2d")
            && node.inputs().size() == 1
            && node.inputs().get(0).hasMaps();
    return Exact.product(2, weights, positions(isTransposed ? node.inputs().get(0) : node));
  }

  /** Of maps, their pixels; of vectors, how many there are. */
  private static long positions(Node node) {
    int values = node.hasMaps() ? node.channels() : node.shape().get(node.shape().size() - 1);
    return node.size() / values;
  }
}
