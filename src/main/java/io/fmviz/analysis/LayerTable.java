package io.fmviz.analysis;

import io.fmviz.base.Numbers;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
  /**
   * One layer, or several that were folded.
   *
   * @param name type and index among its type, {@code Conv2d_2}; without an index if it can't be
   *     looked at
   * @param path as the network names it, {@code net.3}
   * @param tensor what the network's file calls its output; null where it has no name
   * @param outputShape of one image, without the batch: {@code (channel, height, width)}, or {@code
   *     (classes)} for logits
   * @param flops of one image, a multiply-add counted as 2
   * @param note what people must know of its output, a clause; null for nothing
   */
  public record Row(
      String name,
      String type,
      String path,
      String tensor,
      List<Integer> outputShape,
      long parameters,
      long flops,
      String note) {
    private static Row of(Network network, Node node) {
      return new Row(
          node.name(),
          node.type(),
          node.path(),
          node.tensor().orElse(null),
          node.shape(),
          node.parameters(),
          Flops.of(network, node),
          node.note().orElse(null));
    }
  }

  /** The table of a network. */
  public static LayerTable of(Network network) {
    long parameters = network.layers().stream().mapToLong(Node::parameters).sum();
    return new LayerTable(
        network.layers().stream().map(node -> Row.of(network, node)).toList(),
        parameters,
        megabytes(network.input().size()),
        megabytes(2 * network.nodes().stream().mapToLong(Node::size).sum()),
        megabytes(parameters));
  }

  /** What training needs at the least for one image. */
  public double totalMegabytes() {
    return inputMegabytes + forwardBackwardMegabytes + parameterMegabytes;
  }

  /** The floating-point operations of one image's forward pass, as {@link Flops} counts them. */
  public static long flops(Network network) {
    return network.layers().stream().mapToLong(node -> Flops.of(network, node)).sum();
  }

  /**
   * The rows with those below one module as one: their parameters and operations together, the
   * shape of the last.
   *
   * @param depth how many parts of a path are kept, at least 1
   */
  public List<Row> folded(int depth) {
    Map<String, List<Row>> modules = new LinkedHashMap<>();
    for (Row row : layers) {
      modules.computeIfAbsent(head(row.path(), depth), path -> new ArrayList<>()).add(row);
    }
    List<Row> folded = new ArrayList<>();
    modules.forEach((path, rows) -> folded.add(rows.size() == 1 ? rows.get(0) : one(path, rows)));
    return folded;
  }

  private static String head(String path, int depth) {
    String[] parts = path.split("\\.", -1);
    return String.join(".", Arrays.asList(parts).subList(0, Math.min(depth, parts.length)));
  }

  private static Row one(String path, List<Row> rows) {
    String layers = Numbers.count(rows.size(), "layer");
    return new Row(
        layers,
        layers,
        path,
        null,
        rows.get(rows.size() - 1).outputShape(),
        rows.stream().mapToLong(Row::parameters).sum(),
        rows.stream().mapToLong(Row::flops).sum(),
        null);
  }

  private static double megabytes(long floats) {
    return floats * (double) Float.BYTES / (1 << 20);
  }
}
