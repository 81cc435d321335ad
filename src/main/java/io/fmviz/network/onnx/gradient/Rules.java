package io.fmviz.network.onnx.gradient;

import io.fmviz.network.onnx.graph.Op;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rules by operator, of ONNX's own. */
final class Rules {
  private static final Map<String, Rule> ALL = all();

  /** What is the same all around nearly every value: its slope is zero, and no path goes on. */
  private static final Set<String> STEPS =
      Set.of(
          "Floor",
          "Ceil",
          "Round",
          "Sign",
          "ArgMax",
          "ArgMin",
          "Equal",
          "Greater",
          "GreaterOrEqual",
          "Less",
          "LessOrEqual",
          "And",
          "Or",
          "Not",
          "Xor",
          "IsNaN",
          "IsInf");

  /** What tells of a tensor's sides, whatever its values are. */
  private static final Set<String> OF_SIDES =
      Set.of("Shape", "Size", "ConstantOfShape", "EyeLike", "Range");

  private Rules() {}

  private static Map<String, Rule> all() {
    Map<String, Rule> rules = new TreeMap<>();
    Elementwise.addTo(rules);
    Arithmetic.addTo(rules);
    Convolutions.addTo(rules);
    Linear.addTo(rules);
    Reductions.addTo(rules);
    Reductions.addSoftmax(rules);
    Pools.addTo(rules);
    Shaping.addTo(rules);
    Choosing.addTo(rules);
    Resizing.addTo(rules);
    Normalizations.addTo(rules);
    Quantization.addTo(rules);
    return rules;
  }

  /** The rule of an operator; null where there is none. */
  static Rule of(Op op) {
    return op.is(op.type()) ? ALL.get(op.type()) : null;
  }

  /** The operators with a rule, by name. */
  static Set<String> names() {
    return ALL.keySet();
  }

  /** Whether an operator has no slope, or tells of sides only. */
  static boolean endsPaths(Op op) {
    return op.is(op.type()) && (STEPS.contains(op.type()) || OF_SIDES.contains(op.type()));
  }

  /** Whether values go into an operator, and what comes out has no slope. */
  static boolean isStep(Op op) {
    return op.is(op.type()) && STEPS.contains(op.type());
  }
}
