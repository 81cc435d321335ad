package io.fmviz.network.torch;

import io.fmviz.network.Node;
import io.fmviz.network.Window;
import java.util.List;

/**
 * One layer of a classifier, however wide it is.
 *
 * @param path as PyTorch names its module
 * @param window how it goes over each map; null for what takes a map, or a row, as a whole
 */
public record ClassifierLayer(Kind kind, String path, Window window) {
  /** The kinds of layers, under PyTorch's names. */
  public enum Kind {
    CONVOLUTION("Conv2d", Node.Kind.CONVOLUTION),
    RELU("ReLU", Node.Kind.ACTIVATION),
    MAX_POOL("MaxPool2d", Node.Kind.OTHER),
    AVERAGE_POOL("AdaptiveAvgPool2d", Node.Kind.OTHER),
    LINEAR("Linear", Node.Kind.OTHER);

    private final String type;
    private final Node.Kind does;

    Kind(String type, Node.Kind does) {
      this.type = type;
      this.does = does;
    }

    String type() {
      return type;
    }

    /** What a node of it does. */
    Node.Kind does() {
      return does;
    }
  }

  /**
   * A convolution that leaves maps their size.
   *
   * @param kernel its rows and columns, an odd number
   */
  public static ClassifierLayer convolution(String path, int kernel) {
    return new ClassifierLayer(Kind.CONVOLUTION, path, new Window(kernel, 1, kernel / 2));
  }

  public static ClassifierLayer relu(String path) {
    return new ClassifierLayer(Kind.RELU, path, Window.POINT);
  }

  /**
   * A pooling.
   *
   * @param size the rows and columns of which the largest value stays
   */
  public static ClassifierLayer maxPool(String path, int size) {
    return new ClassifierLayer(Kind.MAX_POOL, path, new Window(size, size, 0));
  }

  /** One value of each map. */
  public static ClassifierLayer averagePool(String path) {
    return new ClassifierLayer(Kind.AVERAGE_POOL, path, null);
  }

  public static ClassifierLayer linear(String path) {
    return new ClassifierLayer(Kind.LINEAR, path, null);
  }

  boolean hasParameters() {
    return kind == Kind.CONVOLUTION || kind == Kind.LINEAR;
  }

  String weight() {
    return path + ".weight";
  }

  String bias() {
    return path + ".bias";
  }

  /** {@code (out, in, kernel, kernel)} for a convolution, {@code (out, in)} for a linear layer. */
  long[] weightShape(int out, int in) {
    return kind == Kind.CONVOLUTION
        ? new long[] {out, in, window.kernel(), window.kernel()}
        : new long[] {out, in};
  }

  /**
   * The shape of its output.
   *
   * @param in of its input, {@code (channel, height, width)}
   * @param out its channels or classes
   */
  List<Integer> shape(List<Integer> in, int out) {
    return switch (kind) {
      case CONVOLUTION, RELU, MAX_POOL -> List.of(out, places(in.get(1)), places(in.get(2)));
      case AVERAGE_POOL -> List.of(out, 1, 1);
      case LINEAR -> List.of(out);
    };
  }

  private int places(int size) {
    return Math.floorDiv(size + 2 * window.padding() - window.kernel(), window.stride()) + 1;
  }

  /** How it goes over an input of some shape; null where that is no square. */
  Window window(List<Integer> in) {
    boolean isWhole = kind == Kind.AVERAGE_POOL && in.get(1).equals(in.get(2));
    return isWhole ? new Window(in.get(1), in.get(1), 0) : window;
  }
}
