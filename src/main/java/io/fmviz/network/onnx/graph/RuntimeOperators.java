package io.fmviz.network.onnx.graph;

import static io.fmviz.network.onnx.graph.Operator.Trait.ACTIVATION;
import static io.fmviz.network.onnx.graph.Operator.Trait.CHANNELS_FIRST;
import static io.fmviz.network.onnx.graph.Operator.Trait.CHANNELS_LAST;
import static io.fmviz.network.onnx.graph.Operator.Trait.CONVOLUTION;
import static io.fmviz.network.onnx.graph.Operator.Trait.FUSED;
import static io.fmviz.network.onnx.graph.Operator.Trait.KEEPS_AXES;
import static io.fmviz.network.onnx.graph.Operator.Trait.SHARES;
import static io.fmviz.network.onnx.graph.OperatorBuilder.op;
import static io.fmviz.network.onnx.graph.Passing.MAXIMA;
import static io.fmviz.network.onnx.graph.Passing.SCALED;
import static io.fmviz.network.onnx.graph.Reach.AXIS;
import static io.fmviz.network.onnx.graph.Reach.KERNEL_SHAPE;
import static io.fmviz.network.onnx.graph.Reach.POINT;
import static io.fmviz.network.onnx.graph.Reach.WEIGHT;

import java.util.stream.Stream;

/** The part of the table that has ONNX Runtime's own operators. */
final class RuntimeOperators {
  private RuntimeOperators() {}

  static Stream<OperatorBuilder> all() {
    return Stream.of(
        op("FusedConv")
            .as("Conv2d")
            .reach(WEIGHT)
            .weight(1)
            .bias(2)
            .is(CONVOLUTION, CHANNELS_FIRST, FUSED),
        op("ConvTransposeWithDynamicPads")
            .as("ConvTranspose2d")
            .weight(1)
            .bias(3)
            .is(CONVOLUTION, CHANNELS_FIRST),
        op("FusedGemm").as("Linear").weight(1, 0).bias(2).is(FUSED),
        op("FusedMatMul")
            .as("MatMul")
            .weight(1, 0)
            .or(Variants.linear(op("FusedMatMul").weight(1, 0), 1)),
        op("MatMulIntegerToFloat")
            .as("MatMul")
            .weight(1)
            .bias(6)
            .or(Variants.linear(op("MatMulIntegerToFloat").weight(1).bias(6), 1)),
        op("DynamicQuantizeMatMul")
            .as("MatMul")
            .weight(1)
            .bias(4)
            .or(Variants.linear(op("DynamicQuantizeMatMul").weight(1).bias(4), 1)),
        qLinearConv(),
        op("BiasGelu").as("GELU").reach(POINT).learned(1).is(ACTIVATION),
        op("FastGelu").as("GELU").reach(POINT).learned(1).is(ACTIVATION),
        op("QuickGelu").reach(POINT).is(ACTIVATION),
        op("QLinearAdd").as("Add").reach(POINT).scale(6),
        op("QLinearMul").as("Mul").reach(POINT).scale(6),
        op("QLinearSigmoid").as("Sigmoid").reach(POINT).scale(3),
        op("QLinearLeakyRelu").as("LeakyReLU").reach(POINT).scale(3).is(ACTIVATION),
        op("QLinearSoftmax").as("Softmax").reach(AXIS).scale(3).is(SHARES),
        op("QLinearAveragePool").as("AvgPool2d").reach(KERNEL_SHAPE).scale(3).is(CHANNELS_FIRST),
        op("QLinearGlobalAveragePool", Patterns.AVERAGE).scale(3).is(CHANNELS_FIRST),
        op("QLinearReduceMean").as("ReduceMean").scale(3).is(KEEPS_AXES),
        op("NhwcFusedConv").as("Conv2d").weight(1).bias(2).is(CONVOLUTION, CHANNELS_LAST, FUSED),
        op("NhwcMaxPool").as("MaxPool2d").reach(KERNEL_SHAPE).passing(MAXIMA).is(CHANNELS_LAST),
        op("QLinearConcat").as("Concat").reach(AXIS).scale(0),
        op("QLinearWhere").as("Where").scale(7),
        op("QGemm").as("Linear").weight(3, 0).bias(6).scale(7),
        op("Gelu", Patterns.GELU),
        op("QuantizeLinear").reach(POINT).scale(1),
        op("DequantizeLinear").reach(POINT).passing(SCALED));
  }

  static OperatorBuilder qLinearConv() {
    return op("QLinearConv")
        .as("Conv2d")
        .reach(WEIGHT)
        .weight(3)
        .bias(8)
        .scale(6)
        .ofIntegers(4, 5)
        .is(CONVOLUTION, CHANNELS_FIRST);
  }
}
