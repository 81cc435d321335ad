package io.fmviz.network.onnx.gradient;

import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Op;
import java.util.List;
import java.util.Map;

/** Rules of operators of several inputs, value by value, which are broadcast to one shape. */
final class Arithmetic {
  private Arithmetic() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put("Add", (op, g, to) -> each(op, g, to, 1));
    rules.put("Sum", (op, g, to) -> each(op, g, to, 1));
    rules.put("Mean", (op, g, to) -> each(op, g, to, 1.0 / op.inputs().size()));
    rules.put(
        "Sub",
        (op, g, to) -> {
          give(op, 0, g, to);
          give(op, 1, to.op1("Neg", g), to);
        });
    rules.put("Mul", Arithmetic::product);
    rules.put("Div", Arithmetic::quotient);
    rules.put("Pow", Arithmetic::power);
    rules.put("Min", Arithmetic::chosen);
    rules.put("Max", Arithmetic::chosen);
    rules.put("Where", Arithmetic::where);
    rules.put("Expand", (op, g, to) -> give(op, 0, g, to));
  }

  private static void give(Op op, int input, String gradient, Backward to) {
    to.giveBroadcast(op.input(input), gradient, to.shape(op.output()));
  }

  private static void each(Op op, String g, Backward to, double factor) {
    String scaled = to.mul(g, factor);
    for (int i = 0; i < op.inputs().size(); i++) {
      give(op, i, scaled, to);
    }
  }

  private static void product(Op op, String g, Backward to) {
    for (int i = 0; i < 2; i++) {
      if (to.isWanted(op.input(i))) {
        give(op, i, to.mul(g, to.value(op.input(1 - i))), to);
      }
    }
  }

  private static void quotient(Op op, String g, Backward to) {
    String by = to.div(g, to.value(op.input(1)));
    give(op, 0, by, to);
    if (to.isWanted(op.input(1))) {
      String slope = to.div(to.mul(by, to.value(op.input(0))), to.value(op.input(1)));
      give(op, 1, to.op1("Neg", slope), to);
    }
  }

  /** The exponent may be whole numbers. */
  private static void power(Op op, String g, Backward to) {
    String x = to.value(op.input(0));
    String n = to.value(op.input(1));
    n = to.isReal(op.input(1)) ? n : to.cast(n, ElementType.FLOAT);
    if (to.isWanted(op.input(0))) {
      String less = to.op2("Pow", x, to.sub(n, to.scalar(1)));
      // As PyTorch: with an exponent of zero there is no slope, at zero neither.
      String slope = to.where(to.op2("Equal", n, to.scalar(0)), to.scalar(0), to.mul(n, less));
      give(op, 0, to.mul(g, slope), to);
    }
    if (to.isWanted(op.input(1))) {
      String slope = to.mul(to.op2("Pow", x, n), to.op1("Log", x));
      String none = to.op2("Equal", x, to.scalar(0));
      give(op, 1, to.mul(g, to.where(none, to.scalar(0), slope)), to);
    }
  }

  /** Those that are equal share the gradient, as PyTorch's. */
  private static void chosen(Op op, String g, Backward to) {
    String y = to.value(op.output());
    List<String> hits =
        op.inputs().stream()
            .map(x -> to.cast(to.op2("Equal", to.value(x), y), ElementType.FLOAT))
            .toList();
    String share = hits.size() == 1 ? g : to.div(g, to.op("Sum", hits));
    for (int i = 0; i < hits.size(); i++) {
      if (to.isWanted(op.input(i))) {
        give(op, i, to.mul(share, hits.get(i)), to);
      }
    }
  }

  private static void where(Op op, String g, Backward to) {
    String condition = to.value(op.input(0));
    String zero = to.scalar(0);
    if (to.isWanted(op.input(1))) {
      give(op, 1, to.where(condition, g, zero), to);
    }
    if (to.isWanted(op.input(2))) {
      give(op, 2, to.where(condition, zero, g), to);
    }
  }
}
