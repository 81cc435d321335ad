package io.fmviz.network.onnx.layers;

import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Op;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** What operators make of each value by itself, computed at some points. */
final class Formula {
  private static final Map<String, DoubleUnaryOperator> UNARY =
      Map.ofEntries(
          Map.entry("Sigmoid", Formula::sigmoid),
          Map.entry("Tanh", Math::tanh),
          Map.entry("Erf", Formula::erf),
          Map.entry("Exp", Math::exp),
          Map.entry("Log", Math::log),
          Map.entry("Neg", x -> -x),
          Map.entry("Abs", Math::abs),
          Map.entry("Sqrt", Math::sqrt),
          Map.entry("Reciprocal", x -> 1 / x),
          Map.entry("Softplus", Formula::softplus),
          Map.entry("Relu", x -> Math.max(0, x)),
          Map.entry("Identity", x -> x),
          Map.entry("Cast", x -> x));

  private static final Map<String, DoubleBinaryOperator> BINARY =
      Map.of(
          "Add", Double::sum,
          "Sub", (a, b) -> a - b,
          "Mul", (a, b) -> a * b,
          "Div", (a, b) -> a / b,
          "Pow", Math::pow,
          "Min", Math::min,
          "Max", Math::max);

  /** What several operators may be; GELU's two forms differ by less than the tolerance. */
  private static final Map<String, DoubleUnaryOperator> KNOWN =
      Map.of(
          "SiLU", x -> x * sigmoid(x),
          "Hardswish", x -> x * clip(x + 3, 0, 6) / 6,
          "Hardsigmoid", x -> clip(x + 3, 0, 6) / 6,
          "ReLU6", x -> clip(x, 0, 6),
          "GELU", x -> x * (1 + erf(x / Math.sqrt(2))) / 2,
          "Mish", x -> x * Math.tanh(softplus(x)),
          "Softplus", Formula::softplus);

  private static final double TOLERANCE = 2e-3;
  private static final double[] POINTS = points();

  private final Constants constants;

  Formula(Constants constants) {
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
    String type = op.type();
    return op.isStandard()
        && op.outputs().size() == 1
        && (UNARY.containsKey(type) || BINARY.containsKey(type) || isBounded(type));
  }

  private static boolean isBounded(String type) {
    return type.equals("Clip") || type.equals("HardSigmoid");
  }

  /**
   * What some operators make of a tensor together.
   *
   * @param ops in the graph's order
   * @return PyTorch's name; null if it is none that is known
   */
  String name(List<Op> ops, String input) {
    Map<String, double[]> values = new HashMap<>(Map.of(input, POINTS));
    double[] result = null;
    for (Op op : ops) {
      result = result(op, values);
      if (result == null) {
        return null;
      }
      values.put(op.output(), result);
    }
    for (Map.Entry<String, DoubleUnaryOperator> known : KNOWN.entrySet()) {
      if (isSame(result, known.getValue())) {
        return known.getKey();
      }
    }
    return null;
  }

  private static boolean isSame(double[] result, DoubleUnaryOperator known) {
    for (int i = 0; i < POINTS.length; i++) {
      double expected = known.applyAsDouble(POINTS[i]);
      if (!(Math.abs(result[i] - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)))) {
        return false;
      }
    }
    return true;
  }

  private double[] result(Op op, Map<String, double[]> values) {
    double[] a = operand(op.input(0), values);
    DoubleUnaryOperator unary =
        op.type().equals("HardSigmoid") ? hardSigmoid(op) : UNARY.get(op.type());
    if (a != null && unary != null) {
      return Arrays.stream(a).map(unary).toArray();
    }
    if (a != null && op.type().equals("Clip")) {
      double low = bound(op, "min", 1, Double.NEGATIVE_INFINITY);
      double high = bound(op, "max", 2, Double.POSITIVE_INFINITY);
      return Arrays.stream(a).map(x -> clip(x, low, high)).toArray();
    }
    double[] b = operand(op.input(1), values);
    if (a == null || b == null || op.inputs().size() != 2) {
      return null;
    }
    double[] result = new double[POINTS.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = BINARY.get(op.type()).applyAsDouble(a[i], b[i]);
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

  private static DoubleUnaryOperator hardSigmoid(Op op) {
    double alpha = op.real("alpha", 0.2f);
    double beta = op.real("beta", 0.5f);
    return x -> clip(alpha * x + beta, 0, 1);
  }

  /**
   * A bound of Clip: an attribute up to operator set 10, an input since.
   *
   * @return NaN if it is only known while the network runs
   */
  double bound(Op op, String name, int place, double otherwise) {
    if (op.has(name)) {
      return op.real(name, 0);
    }
    if (op.input(place).isEmpty()) {
      return otherwise;
    }
    Double number = constants.scalar(op.input(place));
    return number == null ? Double.NaN : number;
  }

  /** The tensors among an operator's inputs that are no numbers. */
  Set<String> operands(Op op) {
    Set<String> tensors = new LinkedHashSet<>(op.inputs());
    tensors.removeIf(name -> name.isEmpty() || constants.scalar(name) != null);
    return tensors;
  }

  private static double clip(double x, double low, double high) {
    return Math.min(Math.max(x, low), high);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double softplus(double x) {
    return Math.log1p(Math.exp(x));
  }

  /** Abramowitz and Stegun 7.1.26, to 1.5e-7. */
  private static double erf(double x) {
    double t = 1 / (1 + 0.3275911 * Math.abs(x));
    double sum = 0;
    for (double a :
        new double[] {1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592}) {
      sum = (sum + a) * t;
    }
    return Math.copySign(1 - sum * Math.exp(-x * x), x);
  }
}
