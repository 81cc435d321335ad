package io.fmviz.network.onnx.graph;

import static io.fmviz.network.onnx.graph.Operator.Trait.ACTIVATION;
import static io.fmviz.network.onnx.graph.Operator.Trait.BODIES;
import static io.fmviz.network.onnx.graph.Operator.Trait.CHANNELS_FIRST;
import static io.fmviz.network.onnx.graph.Operator.Trait.CONVOLUTION;
import static io.fmviz.network.onnx.graph.Operator.Trait.KEEPS_AXES;
import static io.fmviz.network.onnx.graph.Operator.Trait.NORMALIZATION;
import static io.fmviz.network.onnx.graph.Operator.Trait.RANDOM;
import static io.fmviz.network.onnx.graph.Operator.Trait.SHARES;
import static io.fmviz.network.onnx.graph.Operator.Trait.VARYING;
import static io.fmviz.network.onnx.graph.OperatorBuilder.op;
import static io.fmviz.network.onnx.graph.Passing.BOUNDED;
import static io.fmviz.network.onnx.graph.Passing.CONVERTED;
import static io.fmviz.network.onnx.graph.Passing.MAXIMA;
import static io.fmviz.network.onnx.graph.Passing.MOVED;
import static io.fmviz.network.onnx.graph.Passing.RELAID;
import static io.fmviz.network.onnx.graph.Passing.RESHAPED;
import static io.fmviz.network.onnx.graph.Passing.SCALED;
import static io.fmviz.network.onnx.graph.Passing.VALUES;
import static io.fmviz.network.onnx.graph.Reach.AXIS;
import static io.fmviz.network.onnx.graph.Reach.KERNEL_SHAPE;
import static io.fmviz.network.onnx.graph.Reach.PADDED;
import static io.fmviz.network.onnx.graph.Reach.POINT;
import static io.fmviz.network.onnx.graph.Reach.WEIGHT;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.fmviz.network.onnx.file.Structure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The one table of what each operator is: ONNX's own and, in {@link RuntimeOperators}, ONNX
 * Runtime's. Of one of any other domain nothing is known but its name, whatever that is. What
 * several operators are together is in {@link Patterns}, what one becomes by its numbers in {@link
 * Variants}.
 */
public final class Operators {
  private static final int LONGEST_NAME = 40;

  private static final Map<String, Operator> STANDARD =
      table(
          Stream.of(
                  products(),
                  activations(),
                  elementwise(),
                  functions(),
                  poolings(),
                  shapes(),
                  ofMaps(),
                  keepers(),
                  others())
              .flatMap(group -> group));

  /** ONNX Runtime's own. */
  private static final Map<String, Operator> MICROSOFT = table(RuntimeOperators.all());

  private Operators() {}

  private static Stream<OperatorBuilder> products() {
    return Stream.of(
        op("Conv").as("Conv2d").reach(WEIGHT).weight(1).bias(2).is(CONVOLUTION, CHANNELS_FIRST),
        op("ConvTranspose").as("ConvTranspose2d").weight(1).bias(2).is(CONVOLUTION, CHANNELS_FIRST),
        op("ConvInteger")
            .as("Conv2d")
            .reach(WEIGHT)
            .weight(1)
            .ofIntegers(-1, 3)
            .is(CONVOLUTION, CHANNELS_FIRST),
        RuntimeOperators.qLinearConv(),
        op("Gemm").as("Linear").weight(1, 0).bias(2),
        op("MatMul").weight(1, 0).or(Variants.linear(op("MatMul").weight(1, 0), 1)),
        op("MatMulInteger")
            .as("MatMul")
            .weight(1, 0)
            .ofIntegers(-1, 3)
            .or(Variants.linear(op("MatMulInteger").weight(1, 0).ofIntegers(-1, 3), 1)),
        op("QLinearMatMul")
            .as("MatMul")
            .weight(3, 0)
            .scale(6)
            .or(Variants.linear(op("QLinearMatMul").weight(3, 0).scale(6), 3)),
        op("BatchNormalization")
            .as("BatchNorm2d")
            .reach(POINT)
            .learned(1, 2)
            .is(NORMALIZATION, CHANNELS_FIRST)
            .or(Variants::batchNorm),
        op("InstanceNormalization").as("InstanceNorm2d").learned(1, 2).is(CHANNELS_FIRST),
        op("LayerNormalization").as("LayerNorm").learned(1, 2).is(KEEPS_AXES),
        op("GroupNormalization").as("GroupNorm").learned(1, 2).is(CHANNELS_FIRST),
        op("LRN").as("LocalResponseNorm").reach(POINT).is(CHANNELS_FIRST));
  }

  private static Stream<OperatorBuilder> activations() {
    return Stream.of(
        op("Relu", Patterns.RELU).each(x -> Math.max(0, x)),
        op("LeakyRelu").as("LeakyReLU").reach(POINT).is(ACTIVATION),
        op("PRelu").as("PReLU").reach(POINT).learned(1).is(ACTIVATION),
        op("Elu").as("ELU").reach(POINT).is(ACTIVATION),
        op("Selu").as("SELU").reach(POINT).is(ACTIVATION),
        op("Celu").as("CELU").reach(POINT).is(ACTIVATION),
        op("HardSwish", Patterns.HARDSWISH),
        op("Gelu", Patterns.GELU),
        op("Mish", Patterns.MISH),
        op("Softplus", Patterns.SOFTPLUS).each(Functions::softplus),
        op("Sigmoid").reach(POINT).each(Functions::sigmoid),
        op("Tanh").reach(POINT).each(Math::tanh),
        op("ThresholdedRelu").reach(POINT).zeroUpTo((op, c) -> (double) op.real("alpha", 1)),
        op("HardSigmoid")
            .reach(POINT)
            .each(1, Variants::hardSigmoid)
            .zeroUpTo(Variants::hardSigmoidsZero)
            .or(Variants::hardSigmoid),
        op("Clip")
            .reach(POINT)
            .passing(BOUNDED)
            .each(1, Variants::clipped)
            .zeroUpTo(Variants::clipsToZero)
            .or(Variants::clip),
        op("Softmax").reach(AXIS).is(SHARES),
        op("LogSoftmax").reach(AXIS).is(SHARES));
  }

  private static Stream<OperatorBuilder> elementwise() {
    return Stream.of(
        op("Add").reach(POINT).operands().each(Double::sum),
        op("Sub").reach(POINT).operands().each((a, b) -> a - b),
        op("Mul").reach(POINT).operands().each((a, b) -> a * b),
        op("Div").reach(POINT).operands().each((a, b) -> a / b),
        op("Pow").reach(POINT).each(Math::pow),
        op("Min").reach(POINT).each(Math::min),
        op("Max").reach(POINT).each(Math::max),
        op("Erf").reach(POINT).each(Functions::erf),
        op("Exp").reach(POINT).each(Math::exp),
        op("Log").reach(POINT).each(Math::log),
        op("Neg").reach(POINT).each(x -> -x),
        op("Abs").reach(POINT).each(Math::abs),
        op("Sqrt").reach(POINT).each(Math::sqrt),
        op("Reciprocal").reach(POINT).each(x -> 1 / x),
        op("Identity").reach(POINT).passing(VALUES).each(x -> x),
        op("Dropout").reach(POINT).passing(VALUES),
        op("Cast").reach(POINT).passing(CONVERTED).each(x -> x),
        op("CastLike").reach(POINT).passing(CONVERTED),
        op("QuantizeLinear").reach(POINT).scale(1),
        op("DequantizeLinear").reach(POINT).passing(SCALED));
  }

  /** Functions of one value, or of several at one place, that nothing else is to be known of. */
  private static Stream<OperatorBuilder> functions() {
    return Stream.of(
            "Acos",
            "Acosh",
            "And",
            "Asin",
            "Asinh",
            "Atan",
            "Atanh",
            "Ceil",
            "Cos",
            "Cosh",
            "Equal",
            "Floor",
            "Greater",
            "GreaterOrEqual",
            "IsInf",
            "IsNaN",
            "Less",
            "LessOrEqual",
            "Mean",
            "Not",
            "Or",
            "Round",
            "Shrink",
            "Sign",
            "Sin",
            "Sinh",
            "Softsign",
            "Sum",
            "Tan",
            "Where",
            "Xor")
        .map(name -> op(name).reach(POINT));
  }

  private static Stream<OperatorBuilder> poolings() {
    return Stream.of(
        op("MaxPool").as("MaxPool2d").reach(KERNEL_SHAPE).passing(MAXIMA).is(CHANNELS_FIRST),
        op("AveragePool").as("AvgPool2d").reach(KERNEL_SHAPE).is(CHANNELS_FIRST),
        op("LpPool").as("LPPool2d").reach(KERNEL_SHAPE).is(CHANNELS_FIRST),
        op("GlobalAveragePool", Patterns.AVERAGE).is(CHANNELS_FIRST),
        op("GlobalMaxPool", Patterns.MAXIMUM).is(CHANNELS_FIRST),
        op("GlobalLpPool").is(CHANNELS_FIRST),
        op("ReduceMean").is(KEEPS_AXES).or(Variants.overSides(Patterns.AVERAGE)),
        op("ReduceMax").is(KEEPS_AXES).or(Variants.overSides(Patterns.MAXIMUM)));
  }

  private static Stream<OperatorBuilder> shapes() {
    return Stream.of(
        op("Flatten").passing(RESHAPED),
        op("Reshape").passing(RESHAPED),
        op("Squeeze").passing(RESHAPED),
        op("Unsqueeze").passing(RESHAPED),
        op("Transpose").passing(MOVED),
        op("Concat").reach(AXIS),
        op("Split").reach(AXIS),
        op("Pad").reach(PADDED),
        op("Resize").as("Upsample").is(KEEPS_AXES));
  }

  /** What takes maps as convolutions do, and nothing else is to be known of. */
  private static Stream<OperatorBuilder> ofMaps() {
    return Stream.of(
            "DeformConv",
            "DepthToSpace",
            "GridSample",
            "MaxRoiPool",
            "MaxUnpool",
            "RoiAlign",
            "SpaceToDepth")
        .map(name -> op(name).is(CHANNELS_FIRST));
  }

  /** What makes tensors of the same axes, and nothing else is to be known of. */
  private static Stream<OperatorBuilder> keepers() {
    return Stream.of(
            "ArgMax",
            "ArgMin",
            "CumSum",
            "Expand",
            "Hardmax",
            "LpNormalization",
            "MeanVarianceNormalization",
            "RMSNormalization",
            "ReduceL1",
            "ReduceL2",
            "ReduceLogSum",
            "ReduceLogSumExp",
            "ReduceMin",
            "ReduceProd",
            "ReduceSum",
            "ReduceSumSquare",
            "Slice",
            "Tile",
            "Upsample")
        .map(name -> op(name).is(KEEPS_AXES));
  }

  private static Stream<OperatorBuilder> others() {
    return Stream.of(
        op("If").is(BODIES, VARYING),
        op("Loop").is(BODIES, VARYING),
        op("Scan").is(BODIES, VARYING),
        op("NonZero").is(VARYING),
        op("NonMaxSuppression").is(VARYING),
        op("Unique").is(VARYING),
        op("Compress").is(VARYING),
        op("Bernoulli").is(RANDOM),
        op("Multinomial").is(RANDOM),
        op("RandomNormal").is(RANDOM),
        op("RandomNormalLike").is(RANDOM),
        op("RandomUniform").is(RANDOM),
        op("RandomUniformLike").is(RANDOM));
  }

  private static Map<String, Operator> table(Stream<OperatorBuilder> entries) {
    Map<String, Operator> table = new HashMap<>();
    entries.map(OperatorBuilder::made).forEach(operator -> table.put(operator.name(), operator));
    return Map.copyOf(table);
  }

  /** Of a node as it is written. */
  static Operator of(NodeProto node) {
    Operator known =
        Structure.isStandard(node.getDomain())
            ? STANDARD.get(node.getOpType())
            : node.getDomain().equals("com.microsoft") ? MICROSOFT.get(node.getOpType()) : null;
    return known == null ? op(node.getOpType()).as(plain(node.getOpType())).made() : known;
  }

  /**
   * Of an operator with the numbers that it has in its graph.
   *
   * @param maps where the maps that it makes have their channels; null where it makes none
   */
  public static Operator of(Op op, Constants constants, ChannelAxis maps) {
    Operator.Variant variant = op.operator().variant();
    Operator special = variant == null ? null : variant.of(op, constants, maps);
    return special == null ? op.operator() : special;
  }

  /** What several operators may be together. */
  public static List<Operator> together() {
    return Patterns.TOGETHER;
  }

  /** Of one that gives maps another layout, and is no layer of its own. */
  public static Operator relaid(Op op) {
    return op(op.type()).as(op.operator().layer()).reach(POINT).passing(RELAID).made();
  }

  /** Whether an operator reduces all rows and columns of maps. */
  public static boolean isOverSides(Op op, Constants constants, ChannelAxis maps) {
    return Variants.isOverSides(op, constants, maps);
  }

  /** Letters and digits alone: whatever a file says, it may become the name of a folder. */
  private static String plain(String type) {
    String plain = type.replaceAll("[^A-Za-z0-9]+", "");
    String cut = plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
    return cut.isEmpty() ? "Operator" : cut;
  }
}
