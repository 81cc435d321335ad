package io.fmviz.network.onnx.gradient;

import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Op;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Rules of quantization: straight through, as if nothing were rounded (Bengio et al. 2013), and
 * nothing where a value is beyond what its integers can be, as PyTorch's fake quantization.
 * Gradients by integers are by the real numbers that they stand for.
 */
final class Quantization {
  private Quantization() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put("QuantizeLinear", Quantization::quantized);
    rules.put("DequantizeLinear", (op, g, to) -> to.give(op.input(0), g));
  }

  private static void quantized(Op op, String g, Backward to) {
    ElementType type = to.type(op.output());
    String steps = to.div(to.value(op.input(0)), along(op, to.value(op.input(1)), to));
    String rounded = to.op1("Round", steps);
    if (!op.input(2).isEmpty()) {
      String zero = to.cast(to.value(op.input(2)), ElementType.FLOAT);
      rounded = to.add(rounded, along(op, zero, to));
    }
    String inside =
        to.op(
            "And",
            List.of(
                to.op2("GreaterOrEqual", rounded, to.scalar(type.least())),
                to.op2("LessOrEqual", rounded, to.scalar(type.most()))));
    to.give(op.input(0), to.where(inside, g, to.scalar(0)));
  }

  /** A scale for each place along an axis, to go with the values. */
  private static String along(Op op, String scale, Backward to) {
    long[] shape = to.shape(op.input(1));
    if (op.number("block_size", 0) != 0) {
      throw new NoRuleException("has scales of blocks");
    }
    if (Backward.count(shape, Backward.axes(null, shape.length)) == 1) {
      return scale;
    }
    int rank = to.rank(op.input(0));
    int axis = Backward.axis(op.number("axis", 1), rank);
    long[] sides = new long[rank - axis];
    Arrays.fill(sides, 1);
    sides[0] = -1;
    return to.reshape(scale, sides);
  }
}
