package io.fmviz.analysis;

import io.fmviz.network.Kernel;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts floating-point operations, a multiply-add as 2: a layer uses each of its weights once for
 * every position of its output, so that a convolution takes {@code 2 * height * width * out * in /
 * groups * kernel * kernel} and a linear layer {@code 2 * out * in}. Biases and everything else are
 * left out, as is usual.
 */
final class Flops {
  private Flops() {}

  /** Of one node for one image. */
  static long of(Network network, Node node) {
    if (node.type().equals("Linear")) {
      return linear(node);
    }
    if (!node.hasMaps()) {
      return 0;
    }
    long positions = (long) node.height() * node.width();
    if (network.isCheckpoint()) {
      return network.hasKernel(node) ? 2 * positions * (node.parameters() - node.channels()) : 0;
    }
    return 2 * positions * network.kernel(node).map(Flops::weights).orElse(0L);
  }

  private static long weights(Kernel kernel) {
    return IntStream.of(kernel.shape()).asLongStream().reduce(1, (a, b) -> a * b);
  }

  private static long linear(Node node) {
    List<Integer> shape = node.shape();
    int out = shape.get(shape.size() - 1);
    long positions = node.size() / out;
    // How many it reads says whether the rest are biases.
    long in = node.inputs().isEmpty() ? 0 : node.inputs().get(0).size() / positions;
    boolean known =
        in > 0 && (node.parameters() == out * in || node.parameters() == out * (in + 1));
    long weights = known ? out * in : Math.max(0, node.parameters() - out);
    return 2 * positions * weights;
  }
}
