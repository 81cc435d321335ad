package io.fmviz.network.onnx.gradient;

import io.fmviz.network.Gradients.Rectifier;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Op;
import java.util.List;
import java.util.Map;

/** Rules of operators of one input, value by value: the gradient times the derivative. */
final class Elementwise {
  private static final double SELU_ALPHA = 1.6732631921768188;
  private static final double SELU_GAMMA = 1.0507010221481323;

  private Elementwise() {}

  /** Makes the derivative of the input and the output. */
  @FunctionalInterface
  private interface Derivative {
    String of(Op op, Backward to);
  }

  private static Rule times(Derivative derivative) {
    return (op, g, to) -> to.give(op.input(0), to.mul(g, derivative.of(op, to)));
  }

  private static String x(Op op, Backward to) {
    return to.value(op.input(0));
  }

  private static String y(Op op, Backward to) {
    return to.value(op.output());
  }

  static void addTo(Map<String, Rule> rules) {
    Rule passed = (op, g, to) -> to.give(op.input(0), g);
    rules.put("Identity", passed);
    rules.put("Dropout", passed);
    rules.put("Relu", Elementwise::relu);
    rules.put("Clip", Elementwise::clip);
    rules.put("LeakyRelu", (op, g, to) -> leaky(op, g, to, op.real("alpha", 0.01f)));
    rules.put("PRelu", Elementwise::prelu);
    rules.put("Elu", (op, g, to) -> elu(op, g, to, op.real("alpha", 1), 1));
    rules.put(
        "Selu",
        (op, g, to) ->
            elu(
                op,
                g,
                to,
                op.has("alpha") ? op.real("alpha", 0) : SELU_ALPHA,
                op.has("gamma") ? op.real("gamma", 0) : SELU_GAMMA));
    rules.put("Celu", Elementwise::celu);
    rules.put("ThresholdedRelu", (op, g, to) -> thresholded(op, g, to));
    rules.put("HardSigmoid", Elementwise::hardSigmoid);
    rules.put("HardSwish", Elementwise::hardSwish);
    smooth(rules);
    more(rules);
  }

  private static void smooth(Map<String, Rule> rules) {
    rules.put("Sigmoid", times((op, to) -> to.mul(y(op, to), to.sub(to.scalar(1), y(op, to)))));
    rules.put("Tanh", times((op, to) -> to.sub(to.scalar(1), to.mul(y(op, to), y(op, to)))));
    rules.put("Softplus", times((op, to) -> to.op1("Sigmoid", x(op, to))));
    rules.put(
        "Softsign",
        (op, g, to) -> {
          String one = to.add(to.op1("Abs", x(op, to)), 1);
          to.give(op.input(0), to.div(g, to.mul(one, one)));
        });
    rules.put("Mish", times(Elementwise::mish));
    rules.put("Gelu", times(Elementwise::gelu));
    rules.put("Erf", times((op, to) -> bell(x(op, to), 1, 2 / Math.sqrt(Math.PI), to)));
    rules.put("Exp", times(Elementwise::y));
    rules.put("Log", (op, g, to) -> to.give(op.input(0), to.div(g, x(op, to))));
    rules.put("Sqrt", (op, g, to) -> to.give(op.input(0), to.div(to.mul(g, 0.5), y(op, to))));
    rules.put("Reciprocal", times((op, to) -> to.op1("Neg", to.mul(y(op, to), y(op, to)))));
  }

  private static void more(Map<String, Rule> rules) {
    rules.put("Abs", times((op, to) -> to.op1("Sign", x(op, to))));
    rules.put("Neg", (op, g, to) -> to.give(op.input(0), to.op1("Neg", g)));
    rules.put("Sin", times((op, to) -> to.op1("Cos", x(op, to))));
    rules.put("Cos", times((op, to) -> to.op1("Neg", to.op1("Sin", x(op, to)))));
    rules.put(
        "Cast",
        (op, g, to) -> {
          if (!ElementType.of((int) op.number("to", 0)).isReal()) {
            throw new NoRuleException("makes whole numbers");
          }
          to.give(op.input(0), g);
        });
  }

  /** {@code scale * exp(-(x * factor)^2)}. */
  private static String bell(String x, double factor, double scale, Backward to) {
    String by = to.mul(x, factor);
    return to.mul(to.op1("Exp", to.op1("Neg", to.mul(by, by))), scale);
  }

  private static void relu(Op op, String g, Backward to) {
    String onlyPositive = to.rectifier() == Rectifier.GRADIENT ? g : to.op1("Relu", g);
    to.give(
        op.input(0),
        to.rectifier() == Rectifier.DECONVNET
            ? onlyPositive
            : to.above(y(op, to), 0, onlyPositive));
  }

  /** At its ends as PyTorch's ReLU6, whose derivative is zero there. */
  private static void clip(Op op, String g, Backward to) {
    double low = bound(op, to, "min", 1, Double.NEGATIVE_INFINITY);
    double high = bound(op, to, "max", 2, Double.POSITIVE_INFINITY);
    String y = y(op, to);
    boolean isRectifier = low == 0 && to.rectifier() != Rectifier.GRADIENT;
    String result = isRectifier ? to.op1("Relu", g) : g;
    if (isRectifier && to.rectifier() == Rectifier.DECONVNET) {
      to.give(op.input(0), result);
      return;
    }
    if (low > -Float.MAX_VALUE) {
      result = to.where(to.op2("Greater", y, to.scalar(low)), result, to.scalar(0));
    }
    if (high < Float.MAX_VALUE) {
      result = to.where(to.op2("Less", y, to.scalar(high)), result, to.scalar(0));
    }
    to.give(op.input(0), result);
  }

  private static double bound(Op op, Backward to, String name, int input, double none) {
    return op.has(name) ? op.real(name, 0) : to.known(op.input(input), none);
  }

  private static void leaky(Op op, String g, Backward to, double alpha) {
    String positive = to.op2("Greater", x(op, to), to.scalar(0));
    to.give(op.input(0), to.where(positive, g, to.mul(g, alpha)));
  }

  private static void prelu(Op op, String g, Backward to) {
    String x = x(op, to);
    String positive = to.op2("Greater", x, to.scalar(0));
    to.give(op.input(0), to.where(positive, g, to.mul(g, to.value(op.input(1)))));
    if (to.isWanted(op.input(1))) {
      String slope = to.where(positive, to.scalar(0), to.mul(g, x));
      to.giveBroadcast(op.input(1), slope, to.shape(op.output()));
    }
  }

  /** {@code gamma * (x above zero, else alpha * (exp(x) - 1))}. */
  private static void elu(Op op, String g, Backward to, double alpha, double gamma) {
    String x = x(op, to);
    String below = to.mul(to.op1("Exp", to.op2("Min", x, to.scalar(0))), alpha * gamma);
    String slope = to.where(to.op2("Greater", x, to.scalar(0)), to.scalar(gamma), below);
    to.give(op.input(0), to.mul(g, slope));
  }

  private static void celu(Op op, String g, Backward to) {
    String scaled = to.mul(x(op, to), 1.0 / op.real("alpha", 1));
    to.give(op.input(0), to.mul(g, to.op1("Exp", to.op2("Min", scaled, to.scalar(0)))));
  }

  private static void thresholded(Op op, String g, Backward to) {
    to.give(op.input(0), to.above(x(op, to), op.real("alpha", 1), g));
  }

  /** Inside its ends only, as PyTorch's. */
  private static void hardSigmoid(Op op, String g, Backward to) {
    String y = y(op, to);
    String inside =
        to.op2("And", to.op2("Greater", y, to.scalar(0)), to.op2("Less", y, to.scalar(1)));
    to.give(op.input(0), to.where(inside, to.mul(g, op.real("alpha", 0.2f)), to.scalar(0)));
  }

  private static void hardSwish(Op op, String g, Backward to) {
    String x = x(op, to);
    String inside = to.add(to.mul(x, 1.0 / 3), 0.5);
    String slope =
        to.where(to.op2("Greater", x, to.scalar(3)), to.scalar(1), to.above(x, -3, inside));
    to.give(op.input(0), to.mul(g, slope));
  }

  /** {@code t + x * (1 - t^2) * sigmoid(x)}, t being {@code tanh(softplus(x))}. */
  private static String mish(Op op, Backward to) {
    String x = x(op, to);
    String t = to.op1("Tanh", to.op1("Softplus", x));
    String rest = to.sub(to.scalar(1), to.mul(t, t));
    return to.add(t, to.mul(to.mul(x, to.op1("Sigmoid", x)), rest));
  }

  private static String gelu(Op op, Backward to) {
    String x = x(op, to);
    if (!op.text("approximate").equals("tanh")) {
      String normal = to.mul(to.add(to.op1("Erf", to.mul(x, Math.sqrt(0.5))), 1), 0.5);
      return to.add(normal, to.mul(x, bell(x, Math.sqrt(0.5), 1 / Math.sqrt(2 * Math.PI), to)));
    }
    double c = Math.sqrt(2 / Math.PI);
    String square = to.mul(x, x);
    String t = to.op1("Tanh", to.mul(to.mul(x, to.add(to.mul(square, 0.044715), 1)), c));
    String inner = to.mul(to.add(to.mul(square, 3 * 0.044715), 1), c);
    String rest = to.mul(to.mul(x, to.sub(to.scalar(1), to.mul(t, t))), inner);
    return to.mul(to.op("Sum", List.of(to.add(t, 1), rest)), 0.5);
  }
}
