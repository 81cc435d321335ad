package io.fmviz.network.onnx.layers;

import io.fmviz.base.Exact;
import io.fmviz.network.LinearHead;
import io.fmviz.network.Node;
import io.fmviz.network.onnx.graph.ChannelAxis;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphWalk;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operators;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks at how a graph ends, from the logits back: a linear layer or none, what only reshapes, and
 * a mean over all positions of some maps.
 *
 * @param layers of the graph
 */
public record HeadSearch(Graph graph, Constants constants, Layers layers) {
  /**
   * A linear layer.
   *
   * @param input the tensor that goes into it
   * @param weight {@code (out, in)}
   * @param bias null for none
   */
  private record Linear(String input, float[] weight, float[] bias) {}

  /** The end, if it is of that kind. */
  public Optional<LinearHead> head() {
    if (layers.answer() == null) {
      return Optional.empty();
    }
    String end = passed(layers.answer().tensor());
    Linear linear = linear(graph.maker(end));
    Node node = averaged(graph.maker(linear == null ? end : passed(linear.input())));
    if (node == null) {
      return Optional.empty();
    }
    int classes = layers.answer().values();
    if (linear == null) {
      return node.channels() == classes ? Optional.of(LinearHead.ofMeans(node)) : Optional.empty();
    }
    boolean fits =
        linear.weight().length == Exact.product((long) classes, node.channels())
            && (linear.bias() == null || linear.bias().length == classes);
    return fits
        ? Optional.of(new LinearHead(node, linear.weight(), linear.bias()))
        : Optional.empty();
  }

  /** The tensor that others only pass on. */
  private String passed(String tensor) {
    return new GraphWalk(graph).back(tensor, layers.found()::keepsOrder);
  }

  /** What an operator, perhaps with the one before it, computes; null if it is no linear layer. */
  private Linear linear(Op op) {
    if (op == null) {
      return null;
    }
    if (op.is("Gemm")) {
      return gemm(op);
    }
    return op.is("MatMul") ? product(op, null) : op.is("Add") ? sum(op) : null;
  }

  private Linear gemm(Op op) {
    if (!isMatrix(op.input(1))
        || op.number("transA", 0) != 0
        || !(op.input(2).isEmpty() || constants.has(op.input(2)))) {
      return null;
    }
    boolean isRowsOut = op.number("transB", 0) != 0;
    float[] weight = rowsOut(op.input(1), isRowsOut, op.real("alpha", 1));
    int out = constants.shape(op.input(1))[isRowsOut ? 0 : 1];
    float[] bias = op.input(2).isEmpty() ? null : bias(op.input(2), out, op.real("beta", 1));
    return new Linear(op.input(0), weight, bias);
  }

  private Linear sum(Op op) {
    for (int place = 0; place < 2; place++) {
      Op maker = graph.maker(op.input(place));
      String bias = op.input(1 - place);
      if (maker != null && maker.is("MatMul") && constants.has(bias)) {
        return product(maker, bias);
      }
    }
    return null;
  }

  private Linear product(Op op, String bias) {
    if (!isMatrix(op.input(1))) {
      return null;
    }
    int out = constants.shape(op.input(1))[1];
    return new Linear(
        op.input(0), rowsOut(op.input(1), false, 1), bias == null ? null : bias(bias, out, 1));
  }

  private boolean isMatrix(String tensor) {
    return constants.has(tensor) && constants.shape(tensor).length == 2;
  }

  /** A matrix times a number, as {@code (out, in)}. */
  private float[] rowsOut(String tensor, boolean isRowsOut, float factor) {
    float[] values = constants.floats(tensor);
    int[] shape = constants.shape(tensor);
    float[] rows = new float[values.length];
    for (int i = 0; i < rows.length; i++) {
      int to = isRowsOut ? i : i % shape[1] * shape[0] + i / shape[1];
      rows[to] = factor * values[i];
    }
    return rows;
  }

  /** One value for each class, or one for all of them. */
  private float[] bias(String tensor, int out, float factor) {
    float[] values = constants.floats(tensor);
    float[] bias = values.length == 1 ? new float[out] : values;
    if (values.length == 1) {
      Arrays.fill(bias, values[0]);
    }
    for (int i = 0; i < bias.length; i++) {
      bias[i] *= factor;
    }
    return bias;
  }

  /** The node of which an operator takes each map's mean; null if it does something else. */
  private Node averaged(Op op) {
    if (op == null) {
      return null;
    }
    Node node = layers.node(withoutPadding(op.input(0)));
    if (node == null || !node.hasMaps()) {
      return null;
    }
    boolean isMean =
        op.is("GlobalAveragePool")
            || (op.is("ReduceMean") && isOverSides(op))
            || (op.is("AveragePool") && isOverAll(op, node));
    return isMean ? node : null;
  }

  private boolean isOverSides(Op op) {
    ChannelAxis axis = layers.found().axis(op.input(0));
    return axis != null && Operators.isOverSides(op, constants, axis);
  }

  /** PyTorch's exporter pads apart before it takes means, be it by nothing. */
  private String withoutPadding(String tensor) {
    Op maker = graph.maker(tensor);
    if (maker == null || !maker.is("Pad")) {
      return tensor;
    }
    double[] pads =
        maker.has("pads")
            ? Arrays.stream(maker.numbers("pads")).asDoubleStream().toArray()
            : constants.values(maker.input(1));
    boolean isNothing = pads.length > 0 && Arrays.stream(pads).allMatch(pad -> pad == 0);
    return isNothing ? maker.input(0) : tensor;
  }

  private static boolean isOverAll(Op op, Node node) {
    return Arrays.equals(op.numbers("kernel_shape"), new long[] {node.height(), node.width()})
        && Arrays.stream(op.numbers("pads")).allMatch(pad -> pad == 0)
        && Arrays.stream(op.numbers("dilations")).allMatch(step -> step == 1)
        && List.of("", "NOTSET", "VALID").contains(op.text("auto_pad"));
  }
}
