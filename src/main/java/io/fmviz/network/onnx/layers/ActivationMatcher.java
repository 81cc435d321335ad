package io.fmviz.network.onnx.layers;

import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import io.fmviz.network.onnx.graph.Operators;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;

/** What operators make of each value by itself, computed at some points. */
final class ActivationMatcher {
  private static final double TOLERANCE = 2e-3;
  private static final double[] POINTS = points();

  private final Constants constants;

  ActivationMatcher(Constants constants) {
    this.constants = constants;
  }

  private static double[] points() {
    double[] points = new double[49];
    for (int i = 0; i < points.length; i++) {
      points[i] = (i - 24) / 3.0 + 0.01;
    }
    return points;
  }

  /** Whether an operator makes each value of the one at the same place and of numbers. */
  static boolean isOfEach(Op op) {
    return op.operator().each() != null && op.outputs().size() == 1;
  }

  /**
   * What some operators make of a tensor together.
   *
   * @param ops in the graph's order
   * @return null if it is nothing that is known
   */
  Operator together(List<Op> ops, String input) {
    Map<String, double[]> values = new HashMap<>(Map.of(input, POINTS));
    double[] result = null;
    for (Op op : ops) {
      result = result(op, values);
      if (result == null) {
        return null;
      }
      values.put(op.output(), result);
    }
    for (Operator known : Operators.together()) {
      if (isSame(result, known.each().function().of(null, null))) {
        return known;
      }
    }
    return null;
  }

  private static boolean isSame(double[] result, DoubleBinaryOperator known) {
    for (int i = 0; i < POINTS.length; i++) {
      double expected = known.applyAsDouble(POINTS[i], 0);
      if (!(Math.abs(result[i] - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)))) {
        return false;
      }
    }
    return true;
  }

  private double[] result(Op op, Map<String, double[]> values) {
    Operator.Each each = op.operator().each();
    double[] a = operand(op.input(0), values);
    double[] b = each.operands() == 1 ? a : operand(op.input(1), values);
    if (a == null || b == null || (each.operands() == 2 && op.inputs().size() != 2)) {
      return null;
    }
    DoubleBinaryOperator function = each.function().of(op, constants);
    double[] result = new double[POINTS.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = function.applyAsDouble(a[i], b[i]);
    }
    return result;
  }

  private double[] operand(String tensor, Map<String, double[]> values) {
    double[] known = values.get(tensor);
    Double number = known == null ? constants.scalar(tensor) : null;
    if (number == null) {
      return known;
    }
    double[] all = new double[POINTS.length];
    Arrays.fill(all, number);
    return all;
  }

  /** The tensors among an operator's inputs that are not finite. */
  Set<String> operands(Op op) {
    Set<String> tensors = new LinkedHashSet<>(op.inputs());
    tensors.removeIf(name -> name.isEmpty() || constants.scalar(name) != null);
    return tensors;
  }
}
