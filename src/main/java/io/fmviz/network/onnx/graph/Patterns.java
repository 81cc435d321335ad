package io.fmviz.network.onnx.graph;

import static io.fmviz.network.onnx.graph.Operator.Trait.ACTIVATION;
import static io.fmviz.network.onnx.graph.OperatorBuilder.op;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** What several operators can be together, or one by its numbers, under PyTorch's names. */
final class Patterns {
  static final Operator RELU =
      point("ReLU", x -> Math.max(0, x)).passing(Passing.BOUNDED).zeroUpTo(0).is(ACTIVATION).made();

  static final Operator RELU6 =
      point("ReLU6", x -> Functions.clip(x, 0, 6))
          .passing(Passing.BOUNDED)
          .zeroUpTo(0)
          .is(ACTIVATION)
          .made();

  static final Operator SILU = point("SiLU", x -> x * Functions.sigmoid(x)).is(ACTIVATION).made();

  static final Operator HARDSWISH =
      point("Hardswish", x -> x * Functions.clip(x + 3, 0, 6) / 6)
          .zeroUpTo(-3)
          .is(ACTIVATION)
          .made();

  static final Operator HARDSIGMOID =
      point("Hardsigmoid", x -> Functions.clip(x + 3, 0, 6) / 6).zeroUpTo(-3).made();

  /** Its form by way of Tanh differs by less than what tells functions apart. */
  static final Operator GELU =
      point("GELU", x -> x * (1 + Functions.erf(x / Math.sqrt(2))) / 2).is(ACTIVATION).made();

  static final Operator MISH =
      point("Mish", x -> x * Math.tanh(Functions.softplus(x))).is(ACTIVATION).made();

  static final Operator SOFTPLUS = point("Softplus", Functions::softplus).made();

  static final Operator AVERAGE = op("AdaptiveAvgPool2d").made();

  static final Operator MAXIMUM = op("AdaptiveMaxPool2d").made();

  /** Those that several operators may be. */
  static final List<Operator> TOGETHER =
      List.of(SILU, HARDSWISH, HARDSIGMOID, RELU6, GELU, MISH, SOFTPLUS);

  private Patterns() {}

  private static OperatorBuilder point(String name, DoubleUnaryOperator function) {
    return op(name).reach(Reach.POINT).each(function);
  }
}
