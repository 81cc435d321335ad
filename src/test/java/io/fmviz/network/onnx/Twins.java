package io.fmviz.network.onnx;

import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.shaped;
import static io.fmviz.network.onnx.SmallModel.with;
import static io.fmviz.network.onnx.SmallModel.withAll;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;

/**
 * One network in two forms: with its channels first, and as converters write Keras's, with
 * Transposes around what takes them first. Maps have the same names in both; of five channels of
 * the first layer, that of index 2 is dead.
 */
public final class Twins {
  private Twins() {}

  private static NodeProto conv(String output, String... inputs) {
    return withAll(node("Conv", output, inputs), "pads", 1, 1, 1, 1);
  }

  private static NodeProto pool(String output, String input) {
    return withAll(withAll(node("MaxPool", output, input), "kernel_shape", 2, 2), "strides", 2, 2);
  }

  private static NodeProto mean(long... axes) {
    return with(withAll(node("ReduceMean", "g", "r2"), "axes", axes), "keepdims", 0);
  }

  private static NodeProto last(String output, String input) {
    return withAll(node("Transpose", output, input), "perm", 0, 2, 3, 1);
  }

  private static NodeProto first(String output, String input) {
    return withAll(node("Transpose", output, input), "perm", 0, 3, 1, 2);
  }

  /** From pictures of 3 x 8 x 8. */
  public static SmallModel channelsFirst() {
    return new SmallModel(
            conv("c1", "x", "w1", "b1"),
            node("Relu", "r1", "c1"),
            pool("p1", "r1"),
            conv("c2", "p1", "w2"),
            node("Add", "a2", "c2", "b2"),
            node("Sigmoid", "s2", "a2"),
            node("Mul", "u2", "a2", "s2"),
            with(node("Concat", "k2", "u2", "p1"), "axis", 1),
            node("Relu", "r2", "k2"),
            mean(2, 3),
            node("MatMul", "m", "g", "v"),
            node("Add", "y", "m", "d"))
        .ofPictures(-1, 3, 8, 8)
        .with(weights())
        .with(shaped(numbers("b2", 4, 6), 6, 1, 1));
  }

  /** From pictures of 8 x 8 x 3. */
  public static SmallModel channelsLast() {
    return new SmallModel(
            first("t0", "x"),
            conv("c1", "t0", "w1", "b1"),
            last("t1", "c1"),
            node("Relu", "r1", "t1"),
            first("t2", "r1"),
            pool("p1", "t2"),
            conv("c2", "p1", "w2"),
            last("t3", "c2"),
            node("Add", "a2", "t3", "b2"),
            node("Sigmoid", "s2", "a2"),
            node("Mul", "u2", "a2", "s2"),
            last("t4", "p1"),
            with(node("Concat", "k2", "u2", "t4"), "axis", 3),
            node("Relu", "r2", "k2"),
            mean(1, 2),
            node("MatMul", "m", "g", "v"),
            node("Add", "y", "m", "d"))
        .ofPictures(-1, 8, 8, 3)
        .with(weights())
        .with(numbers("b2", 4, 6));
  }

  private static TensorProto[] weights() {
    return new TensorProto[] {
      numbers("w1", 1, 5, 3, 3, 3),
      reals("b1", 0.25, 0, -100, 0.5, 0),
      numbers("w2", 2, 6, 5, 3, 3),
      numbers("v", 3, 11, 3),
      reals("d", 1, 0, -1)
    };
  }

  /** Some between -0.5 and 0.5. */
  private static TensorProto numbers(String name, int seed, long... sides) {
    int count = 1;
    for (long side : sides) {
      count *= (int) side;
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = ((i + 1) * (seed * 37 + 11) % 101 - 50) / 100.0;
    }
    return shaped(reals(name, values), sides);
  }
}
