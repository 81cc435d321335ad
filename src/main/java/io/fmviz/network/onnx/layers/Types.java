package io.fmviz.network.onnx.layers;

import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Op;
import java.util.Arrays;
import java.util.Map;

/** What PyTorch calls what an operator does. */
final class Types {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("Conv", "Conv2d"),
          Map.entry("QLinearConv", "Conv2d"),
          Map.entry("ConvInteger", "Conv2d"),
          Map.entry("ConvTranspose", "ConvTranspose2d"),
          Map.entry("InstanceNormalization", "InstanceNorm2d"),
          Map.entry("LayerNormalization", "LayerNorm"),
          Map.entry("GroupNormalization", "GroupNorm"),
          Map.entry("LRN", "LocalResponseNorm"),
          Map.entry("Relu", "ReLU"),
          Map.entry("LeakyRelu", "LeakyReLU"),
          Map.entry("PRelu", "PReLU"),
          Map.entry("Elu", "ELU"),
          Map.entry("Selu", "SELU"),
          Map.entry("Celu", "CELU"),
          Map.entry("HardSwish", "Hardswish"),
          Map.entry("Gelu", "GELU"),
          Map.entry("MaxPool", "MaxPool2d"),
          Map.entry("AveragePool", "AvgPool2d"),
          Map.entry("LpPool", "LPPool2d"),
          Map.entry("GlobalAveragePool", "AdaptiveAvgPool2d"),
          Map.entry("GlobalMaxPool", "AdaptiveMaxPool2d"),
          Map.entry("QLinearGlobalAveragePool", "AdaptiveAvgPool2d"),
          Map.entry("QLinearAdd", "Add"),
          Map.entry("QLinearMul", "Mul"),
          Map.entry("QLinearConcat", "Concat"),
          Map.entry("Gemm", "Linear"),
          Map.entry("Resize", "Upsample"));

  private static final int LONGEST = 40;

  private final Constants constants;
  private final Formula formula;

  Types(Constants constants, Formula formula) {
    this.constants = constants;
    this.formula = formula;
  }

  /**
   * The name of an operator's kind, of letters and digits alone: whatever the file says, it may
   * become the name of a folder.
   *
   * @param rank of its output, with the batch
   */
  String of(Op op, int rank) {
    String type = op.type();
    return switch (type) {
      case "BatchNormalization" -> rank == 4 ? "BatchNorm2d" : "BatchNorm1d";
      case "Clip" -> clip(op);
      case "HardSigmoid" ->
          Math.abs(op.real("alpha", 0.2f) - 1 / 6.0) < 1e-4 ? "Hardsigmoid" : "HardSigmoid";
      case "ReduceMean" -> isOverSides(op) ? "AdaptiveAvgPool2d" : type;
      case "ReduceMax" -> isOverSides(op) ? "AdaptiveMaxPool2d" : type;
      case "MatMul" -> constants.has(op.input(1)) ? "Linear" : type;
      default -> NAMES.getOrDefault(type, plain(type));
    };
  }

  private static String plain(String type) {
    String plain = type.replaceAll("[^A-Za-z0-9]+", "");
    String cut = plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    return cut.isEmpty() ? "Operator" : cut;
  }

  private String clip(Op op) {
    double low = formula.bound(op, "min", 1, Double.NEGATIVE_INFINITY);
    double high = formula.bound(op, "max", 2, Double.POSITIVE_INFINITY);
    if (low == 0 && high == 6) {
      return "ReLU6";
    }
    return low == 0 && high >= Float.MAX_VALUE ? "ReLU" : "Clip";
  }

  private boolean isOverSides(Op op) {
    return isOverSides(op, constants) && op.number("keepdims", 1) == 1;
  }

  /** Whether an operator reduces all rows and columns of maps. */
  static boolean isOverSides(Op op, Constants constants) {
    long[] axes = op.numbers("axes");
    if (axes.length == 0) {
      axes = Arrays.stream(constants.values(op.input(1))).mapToLong(Math::round).toArray();
    }
    long[] sorted = Arrays.stream(axes).map(axis -> axis < 0 ? axis + 4 : axis).sorted().toArray();
    return Arrays.equals(sorted, new long[] {2, 3});
  }
}
