package io.fmviz.network.torch;

import io.fmviz.base.Exact;
import io.fmviz.network.Node;
import io.fmviz.network.Window;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the classifier is made of, layer by layer: the one place that says so. All else follows from
 * it: the blocks that run, the parameters' names and shapes, the widths that a file's tensors have,
 * the nodes that are looked at.
 */
final class Topology {
  /** The rows and columns of every convolution's kernel; the padding leaves maps their size. */
  static final int KERNEL = 3;

  static final int PADDING = 1;

  /** The rows and columns that become one in a pooling. */
  static final int POOL = 2;

  /** The kinds of layers, under PyTorch's names. */
  enum Kind {
    CONVOLUTION("Conv2d"),
    RELU("ReLU"),
    MAX_POOL("MaxPool2d"),
    AVERAGE_POOL("AdaptiveAvgPool2d"),
    LINEAR("Linear");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    String type() {
      return type;
    }

    boolean hasParameters() {
      return this == CONVOLUTION || this == LINEAR;
    }
  }

  /**
   * One layer.
   *
   * @param path as PyTorch names its module
   */
  record Layer(Kind kind, String path) {
    String weight() {
      return path + ".weight";
    }

    String bias() {
      return path + ".bias";
    }
  }

  /** In forward order. Between the last two, each map's one value becomes one number of a row. */
  static final List<Layer> LAYERS =
      List.of(
          new Layer(Kind.CONVOLUTION, "net.0"),
          new Layer(Kind.RELU, "net.1"),
          new Layer(Kind.MAX_POOL, "net.2"),
          new Layer(Kind.CONVOLUTION, "net.3"),
          new Layer(Kind.RELU, "net.4"),
          new Layer(Kind.MAX_POOL, "net.5"),
          new Layer(Kind.CONVOLUTION, "net.6"),
          new Layer(Kind.RELU, "net.7"),
          new Layer(Kind.AVERAGE_POOL, "net.8"),
          new Layer(Kind.LINEAR, "fc"));

  private Topology() {}

  static List<Layer> convolutions() {
    return LAYERS.stream().filter(layer -> layer.kind() == Kind.CONVOLUTION).toList();
  }

  static Layer linear() {
    return LAYERS.get(LAYERS.size() - 1);
  }

  /** The modules that the layers with parameters stand in: {@code net}, {@code fc}. */
  static List<String> modules() {
    return LAYERS.stream()
        .filter(layer -> layer.kind().hasParameters())
        .map(layer -> layer.path().replaceFirst("\\..*", ""))
        .distinct()
        .toList();
  }

  /**
   * The parameters in forward order, named as PyTorch names them, with their shapes: {@code (out,
   * in, 3, 3)} for a convolution's weight, {@code (classes, in)} for the linear layer's.
   */
  static Map<String, long[]> parameterShapes(ClassifierWidths widths) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    int in = widths.input();
    int convolution = 0;
    for (Layer layer : LAYERS) {
      if (layer.kind() == Kind.CONVOLUTION) {
        int out = widths.convolutions().get(convolution++);
        shapes.put(layer.weight(), new long[] {out, in, KERNEL, KERNEL});
        shapes.put(layer.bias(), new long[] {out});
        in = out;
      } else if (layer.kind() == Kind.LINEAR) {
        shapes.put(layer.weight(), new long[] {widths.classes(), in});
        shapes.put(layer.bias(), new long[] {widths.classes()});
      }
    }
    return shapes;
  }

  /** The layers as nodes, each reading the one before, for images of a given size. */
  static List<Node> nodes(ClassifierWidths widths, int height, int width) {
    Map<String, long[]> parameters = parameterShapes(widths);
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    List<Node> nodes = new ArrayList<>();
    List<Integer> shape = List.of(widths.input(), height, width);
    for (Layer layer : LAYERS) {
      Node.Name name =
          new Node.Name(
              layer.kind().type(), counts.merge(layer.kind(), 1, Integer::sum), layer.path());
      Window window = window(layer.kind(), shape);
      shape = shape(layer, shape, parameters);
      nodes.add(
          new Node(
              name,
              nodes.isEmpty() ? List.of() : List.of(nodes.get(nodes.size() - 1)),
              shape,
              layer.kind().hasParameters() ? count(layer, parameters) : 0,
              window));
    }
    return nodes;
  }

  private static long count(Layer layer, Map<String, long[]> parameters) {
    return Exact.product(parameters.get(layer.weight()))
        + Exact.product(parameters.get(layer.bias()));
  }

  private static List<Integer> shape(
      Layer layer, List<Integer> in, Map<String, long[]> parameters) {
    int out = layer.kind().hasParameters() ? (int) parameters.get(layer.weight())[0] : in.get(0);
    return switch (layer.kind()) {
      case CONVOLUTION, RELU -> List.of(out, in.get(1), in.get(2));
      case MAX_POOL -> List.of(out, in.get(1) / POOL, in.get(2) / POOL);
      case AVERAGE_POOL -> List.of(out, 1, 1);
      case LINEAR -> List.of(out);
    };
  }

  private static Window window(Kind kind, List<Integer> in) {
    return switch (kind) {
      case CONVOLUTION -> new Window(KERNEL, 1, PADDING);
      case RELU -> Window.POINT;
      case MAX_POOL -> new Window(POOL, POOL, 0);
      // All of a map; no square where that is none.
      case AVERAGE_POOL -> in.get(1).equals(in.get(2)) ? new Window(in.get(1), in.get(1), 0) : null;
      case LINEAR -> null;
    };
  }
}
