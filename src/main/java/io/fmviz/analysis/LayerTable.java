package io.fmviz.analysis;

import io.fmviz.network.Network;
import io.fmviz.network.Node;
import java.util.List;
import java.util.Set;

/**
 * A network's layers with the shapes and sizes that torchsummary reports. Sizes are in MiB of
 * float32.
 *
 * @param inputMegabytes of one image
 * @param forwardBackwardMegabytes of every layer's output and its gradient
 * @param parameterMegabytes of the weights and biases
 */
public record LayerTable(
    List<Row> layers,
    long parameters,
    double inputMegabytes,
    double forwardBackwardMegabytes,
    double parameterMegabytes) {
  /** Where each weight is used once for each position of the output, or for each of its values. */
  private static final Set<String> MULTIPLYING = Set.of("Conv2d", "Linear");

  /**
   * One layer.
   *
   * @param name type and index among its type, {@code Conv2d_2}
   * @param path as PyTorch names it, {@code net.3}
   * @param outputShape of one image, without the batch: {@code (channel, height, width)}, or {@code
   *     (classes)} for logits
   */
  public record Row(
      String name, String type, String path, List<Integer> outputShape, long parameters) {
    private static Row of(Node node) {
      return new Row(node.name(), node.type(), node.path(), node.shape(), node.parameters());
    }
  }

  /** The table of a network. */
  public static LayerTable of(Network network) {
    long parameters = network.nodes().stream().mapToLong(Node::parameters).sum();
    return new LayerTable(
        network.nodes().stream().map(Row::of).toList(),
        parameters,
        megabytes(network.input().size()),
        megabytes(2 * network.nodes().stream().mapToLong(Node::size).sum()),
        megabytes(parameters));
  }

  /** What training needs at the least for one image. */
  public double totalMegabytes() {
    return inputMegabytes + forwardBackwardMegabytes + parameterMegabytes;
  }

  /**
   * The floating-point operations of one image's forward pass, a multiply-add counted as 2: a layer
   * with weights uses each of them once for every position of its output, so that a convolution
   * takes {@code 2 * height * width * out * in * 3 * 3} and the linear layer {@code 2 * classes *
   * in}. Biases, ReLU and pooling are left out, as is usual.
   */
  public static long flops(Network network) {
    long flops = 0;
    for (Node node : network.nodes()) {
      if (MULTIPLYING.contains(node.type())) {
        long positions = node.size() / node.channels();
        flops += 2 * positions * (node.parameters() - node.channels());
      }
    }
    return flops;
  }

  private static double megabytes(long floats) {
    return floats * (double) Float.BYTES / (1 << 20);
  }
}
