package io.fmviz.network.onnx.graph;

import static io.fmviz.network.onnx.graph.OperatorBuilder.op;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/** What operators become by the numbers that they have in a graph. */
final class Variants {
  /** For rows of numbers: no window goes over them. */
  private static final Operator BATCH_NORM_OF_ROWS =
      op("BatchNormalization").as("BatchNorm1d").learned(1, 2).made();

  private Variants() {}

  /** A product with a constant is a linear layer. */
  static Operator.Variant linear(OperatorBuilder product, int weight) {
    Operator layer = product.as("Linear").is(Operator.Trait.KEEPS_AXES).made();
    return (op, constants, maps) -> constants.has(op.input(weight)) ? layer : null;
  }

  static Operator batchNorm(Op op, Constants constants, ChannelAxis maps) {
    return maps != null ? null : BATCH_NORM_OF_ROWS;
  }

  /** A reduction of all rows and columns is a pooling. */
  static Operator.Variant overSides(Operator pooling) {
    return (op, constants, maps) ->
        maps != null && isOverSides(op, constants, maps) && op.number("keepdims", 1) == 1
            ? pooling
            : null;
  }

  /** Whether an operator reduces all rows and columns of maps. */
  static boolean isOverSides(Op op, Constants constants, ChannelAxis maps) {
    long[] axes = op.numbers("axes");
    if (axes.length == 0) {
      axes = Arrays.stream(constants.values(op.input(1))).mapToLong(Math::round).toArray();
    }
    long[] sorted = Arrays.stream(axes).map(axis -> axis < 0 ? axis + 4 : axis).sorted().toArray();
    return Arrays.equals(sorted, new long[] {maps.rows(), maps.rows() + 1});
  }

  static Operator clip(Op op, Constants constants, ChannelAxis maps) {
    double low = low(op, constants);
    double high = high(op, constants);
    if (low == 0 && high == 6) {
      return Patterns.RELU6;
    }
    return low == 0 && high >= Float.MAX_VALUE ? Patterns.RELU : null;
  }

  static DoubleBinaryOperator clipped(Op op, Constants constants) {
    double low = low(op, constants);
    double high = high(op, constants);
    return (a, b) -> Functions.clip(a, low, high);
  }

  /** Zero is zero where it is the lower bound. */
  static Double clipsToZero(Op op, Constants constants) {
    return low(op, constants) == 0 && high(op, constants) > 0 ? 0.0 : null;
  }

  private static double low(Op op, Constants constants) {
    return bound(op, "min", 1, Double.NEGATIVE_INFINITY, constants);
  }

  private static double high(Op op, Constants constants) {
    return bound(op, "max", 2, Double.POSITIVE_INFINITY, constants);
  }

  /**
   * A bound of Clip: an attribute up to operator set 10, an input since.
   *
   * @return NaN if it is only known while the network runs
   */
  private static double bound(
      Op op, String name, int place, double otherwise, Constants constants) {
    if (op.has(name)) {
      return op.real(name, 0);
    }
    if (op.input(place).isEmpty()) {
      return otherwise;
    }
    Double number = constants.scalar(op.input(place));
    return number == null ? Double.NaN : number;
  }

  /** PyTorch's has a slope of 1/6; by ONNX's default it is 1/5. */
  static Operator hardSigmoid(Op op, Constants constants, ChannelAxis maps) {
    boolean isPyTorchs = Math.abs(slope(op) - 1 / 6.0) < 1e-4 && shift(op) == 0.5;
    return isPyTorchs
        ? op("HardSigmoid", Patterns.HARDSIGMOID).zeroUpTo(Variants::hardSigmoidsZero).made()
        : null;
  }

  static DoubleBinaryOperator hardSigmoid(Op op, Constants constants) {
    double slope = slope(op);
    double shift = shift(op);
    return (a, b) -> Functions.clip(slope * a + shift, 0, 1);
  }

  static Double hardSigmoidsZero(Op op, Constants constants) {
    return slope(op) > 0 ? (double) (-shift(op) / slope(op)) : null;
  }

  private static float slope(Op op) {
    return op.real("alpha", 0.2f);
  }

  private static float shift(Op op) {
    return op.real("beta", 0.5f);
  }
}
