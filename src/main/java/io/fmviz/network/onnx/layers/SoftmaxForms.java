package io.fmviz.network.onnx.layers;

import io.fmviz.base.Exact;
import io.fmviz.network.onnx.graph.ChannelAxis;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.GraphWalk;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import java.util.List;

/** The forms in which graphs have a Softmax over classes, or a Sigmoid, as their last step. */
record SoftmaxForms(Graph graph, ShapeInference.Tensors found, Constants constants) {
  /** What an operator makes the softmax of, or its logarithm; null if it does neither. */
  String shared(Op op) {
    if (!op.operator().is(Operator.Trait.SHARES)) {
      return softmax(op);
    }
    return rows(op) == 1 ? op.input(0) : null;
  }

  /** How many rows of an image's values a Softmax makes shares of; NaN if it isn't known. */
  double rows(Op op) {
    List<Integer> shape = found.tensors().get(op.input(0));
    if (shape == null) {
      return Double.NaN;
    }
    long named = op.number("axis", SharesAxis.usual(op, graph.operatorSet()));
    int axis = (int) Math.floorMod(named, shape.size() + 1L);
    if (axis == 0) {
      // All images' values at once, of which a model may have one only.
      return SharesAxis.takesAllBehind(op, graph.operatorSet()) && found.batch() == 1
          ? 1
          : Double.NaN;
    }
    int row = 1;
    int last = SharesAxis.takesAllBehind(op, graph.operatorSet()) ? shape.size() : axis;
    for (int at = axis; at <= last; at++) {
      row = Exact.product(row, shape.get(inOrder(op.input(0), at, shape.size())));
    }
    return (double) Exact.product(shape) / row;
  }

  /** Where a side stands whose shape is known channels first, whatever the graph has. */
  private int inOrder(String tensor, int axis, int sides) {
    ChannelAxis maps = found.axis(tensor);
    if (maps == null || maps.channels() == 1) {
      return axis - 1;
    }
    return axis == maps.channels() ? 0 : Math.min(axis, sides - 1);
  }

  /** The same where it is written as what else it is, of which an operator is the last. */
  String softmax(Op op) {
    if (op.is("Div")) {
      return divided(op.input(0), op.input(1));
    }
    if (op.is("Mul")) {
      Op one = maker(op.input(0));
      Op other = maker(op.input(1));
      return other != null && other.is("Reciprocal")
          ? divided(op.input(0), other.input(0))
          : one != null && one.is("Reciprocal") ? divided(op.input(1), one.input(0)) : null;
    }
    if (op.is("Exp")) {
      Op logarithm = maker(op.input(0));
      return logarithm == null
          ? null
          : logarithm.is("LogSoftmax") ? shared(logarithm) : lessOfAll(logarithm);
    }
    return null;
  }

  /** What exponentials divided by their sum are made of, before the largest is taken off. */
  private String divided(String shares, String divisor) {
    Op exponentials = maker(shares);
    String summed = summed(divisor, "ReduceSum", "ReduceL1");
    boolean isSoftmax =
        exponentials != null && exponentials.is("Exp") && exponentials.output().equals(summed);
    if (!isSoftmax) {
      return null;
    }
    Op less = maker(exponentials.input(0));
    boolean isShifted =
        less != null && less.is("Sub") && less.input(0).equals(summed(less.input(1), "ReduceMax"));
    return isShifted ? less.input(0) : exponentials.input(0);
  }

  /** What a logarithm of the sum of exponentials is taken off. */
  private String lessOfAll(Op op) {
    if (!op.is("Sub")) {
      return null;
    }
    Op logarithm = maker(op.input(1));
    String all = summed(op.input(1), "ReduceLogSumExp");
    if (logarithm != null && logarithm.is("Log")) {
      Op exponentials = maker(summed(logarithm.input(0), "ReduceSum"));
      all = exponentials != null && exponentials.is("Exp") ? exponentials.input(0) : null;
    }
    return op.input(0).equals(all) ? all : null;
  }

  /** What an image's one value is reduced from; null where it isn't. */
  private String summed(String tensor, String... types) {
    Op op = maker(tensor);
    List<Integer> shape = found.tensors().get(tensor);
    boolean isOne = shape != null && shape.stream().allMatch(side -> side == 1);
    return op != null && isOne && List.of(types).stream().anyMatch(op::is)
        ? walk().back(op.input(0), SoftmaxForms::isPassing)
        : null;
  }

  /** What an operator makes the sigmoid of; null if it doesn't. */
  String sigmoid(Op op) {
    if (op.is("Sigmoid")) {
      return op.input(0);
    }
    boolean isShare = op.is("Div");
    Op sum = op.is("Reciprocal") ? maker(op.input(0)) : isShare ? maker(op.input(1)) : null;
    if (sum == null || !sum.is("Add")) {
      return null;
    }
    Op power =
        isOne(sum.input(0))
            ? maker(sum.input(1))
            : isOne(sum.input(1)) ? maker(sum.input(0)) : null;
    if (power == null || !power.is("Exp")) {
      return null;
    }
    if (isShare && op.input(0).equals(power.output())) {
      return power.input(0);
    }
    Op negative = maker(power.input(0));
    boolean isInverse = !isShare || isOne(op.input(0));
    return isInverse && negative != null && negative.is("Neg") ? negative.input(0) : null;
  }

  private boolean isOne(String tensor) {
    if (!constants.has(tensor) || constants.size(tensor) != 1) {
      return false;
    }
    return constants.values(tensor)[0] == 1;
  }

  private Op maker(String tensor) {
    return tensor == null ? null : graph.maker(walk().back(tensor, SoftmaxForms::isPassing));
  }

  private GraphWalk walk() {
    return new GraphWalk(graph);
  }

  private static boolean isPassing(Op op) {
    return op.operator().passing().keepsValues();
  }
}
