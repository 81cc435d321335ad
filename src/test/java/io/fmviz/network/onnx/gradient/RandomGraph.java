package io.fmviz.network.onnx.gradient;

import static io.fmviz.network.onnx.SmallModel.integers;
import static io.fmviz.network.onnx.SmallModel.node;
import static io.fmviz.network.onnx.SmallModel.reals;
import static io.fmviz.network.onnx.SmallModel.shaped;
import static io.fmviz.network.onnx.SmallModel.with;
import static io.fmviz.network.onnx.SmallModel.withAll;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.fmviz.network.onnx.SmallModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A graph of three to ten random operators, of 3 x 8 x 8 numbers; it ends with random weights. */
final class RandomGraph {
  private static final List<String> UNARY =
      List.of("Relu", "Sigmoid", "Tanh", "Softplus", "HardSwish", "Elu", "Abs", "Neg", "LeakyRelu");
  private static final List<String> BINARY = List.of("Add", "Sub", "Mul", "Max", "Min");

  private final Random random;
  private final List<NodeProto> nodes = new ArrayList<>();
  private final List<TensorProto> tensors = new ArrayList<>();
  private final List<String> names = new ArrayList<>(List.of("x"));
  private final List<int[]> shapes = new ArrayList<>(List.of(new int[] {1, 3, 8, 8}));

  private RandomGraph(long seed) {
    this.random = new Random(seed);
  }

  static ModelProto of(long seed) {
    RandomGraph graph = new RandomGraph(seed);
    int count = 3 + graph.random.nextInt(8);
    for (int i = 0; i < count; i++) {
      graph.grow();
    }
    int[] shape = graph.last();
    graph.nodes.add(node("Mul", "y", graph.names.get(graph.names.size() - 1), "by"));
    graph.weights("by", 1, shape);
    return new SmallModel(graph.nodes.toArray(NodeProto[]::new))
        .with(graph.tensors.toArray(TensorProto[]::new))
        .model();
  }

  private int[] last() {
    return shapes.get(shapes.size() - 1);
  }

  private String weights(String name, double scale, int... shape) {
    double[] values = random.doubles(Array64.count(shape)).map(v -> (v * 2 - 1) * scale).toArray();
    long[] sides = Arrays.stream(shape).asLongStream().toArray();
    tensors.add(shaped(reals(name, values), sides));
    return name;
  }

  private void add(NodeProto node, int... shape) {
    nodes.add(node);
    names.add(node.getOutput(0));
    shapes.add(shape);
  }

  /** Most operators read the last one's output, some an earlier one's. */
  private void grow() {
    String out = "t" + nodes.size();
    String x = names.get(names.size() - 1);
    int[] s = last();
    switch (random.nextInt(10)) {
      case 0, 1 -> convolution(out, x, s);
      case 2, 3 -> {
        String type = UNARY.get(random.nextInt(UNARY.size()));
        NodeProto plain = node(type, out, x);
        add(type.equals("LeakyRelu") ? with(plain, "alpha", 0.2f) : plain, s);
      }
      case 4 -> binary(out, x, s);
      case 5 -> pool(out, x, s);
      case 6 -> {
        add(withAll(node("ReduceMean", out + "m", x), "axes", 2, 3), s[0], s[1], 1, 1);
        add(node("Add", out, x, out + "m"), s);
      }
      case 7 -> batchOrSoftmax(out, x, s);
      case 8 -> moved(out, x, s);
      default ->
          add(
              node("Concat", out, x, x).toBuilder().addAttribute(axis()).build(),
              s[0],
              2 * s[1],
              s[2],
              s[3]);
    }
  }

  private static AttributeProto axis() {
    return with(node("Concat", "a"), "axis", 1L).getAttribute(0);
  }

  private void convolution(String out, String x, int[] s) {
    int k = 1 + random.nextInt(3);
    int dilation = 1 + random.nextInt(2);
    int stride = 1 + random.nextInt(3);
    int pad = random.nextInt(3);
    boolean isDepthwise = random.nextBoolean();
    int channels = isDepthwise ? s[1] * (1 + random.nextInt(2)) : 1 + random.nextInt(5);
    int reach = dilation * (k - 1) + 1;
    if (s[2] + 2 * pad < reach || s[3] + 2 * pad < reach) {
      add(node("Tanh", out, x), s);
      return;
    }
    String w = weights(out + "w", 0.7, channels, isDepthwise ? 1 : s[1], k, k);
    NodeProto node = withAll(node("Conv", out, x, w), "pads", pad, pad, pad, pad);
    node = withAll(withAll(node, "strides", stride, stride), "dilations", dilation, dilation);
    node = with(node, "group", isDepthwise ? (long) s[1] : 1L);
    int height = (s[2] + 2 * pad - reach) / stride + 1;
    int width = (s[3] + 2 * pad - reach) / stride + 1;
    add(node, 1, channels, height, width);
  }

  private void binary(String out, String x, int[] s) {
    String type = BINARY.get(random.nextInt(BINARY.size()));
    String other = null;
    for (int i = 0; i < names.size() - 1; i++) {
      other = Arrays.equals(shapes.get(i), s) ? names.get(i) : other;
    }
    if (other == null || random.nextBoolean()) {
      other =
          weights(
              out + "c", 1, 1, random.nextBoolean() ? s[1] : 1, 1, random.nextBoolean() ? s[3] : 1);
    }
    add(random.nextBoolean() ? node(type, out, x, other) : node(type, out, other, x), s);
  }

  private void pool(String out, String x, int[] s) {
    // ONNX Runtime makes one operator of a Pad and a pool, with more padding than it takes itself.
    boolean isPadded = !nodes.isEmpty() && nodes.get(nodes.size() - 1).getOpType().equals("Pad");
    if (Math.min(s[2], s[3]) < 3 || isPadded) {
      add(node("Sigmoid", out, x), s);
      return;
    }
    boolean isMax = random.nextBoolean();
    int k = 2 + random.nextInt(2);
    int stride = 1 + random.nextInt(2);
    int pad = random.nextInt(2);
    NodeProto node = withAll(node(isMax ? "MaxPool" : "AveragePool", out, x), "kernel_shape", k, k);
    node = withAll(withAll(node, "strides", stride, stride), "pads", pad, pad, pad, pad);
    if (!isMax) {
      node = with(node, "count_include_pad", (long) random.nextInt(2));
    }
    add(node, 1, s[1], (s[2] + 2 * pad - k) / stride + 1, (s[3] + 2 * pad - k) / stride + 1);
  }

  private void batchOrSoftmax(String out, String x, int[] s) {
    if (random.nextBoolean()) {
      add(with(node("Softmax", out, x), "axis", 1L), s);
      return;
    }
    String scale = weights(out + "s", 1, s[1]);
    String bias = weights(out + "b", 1, s[1]);
    double[] variances = random.doubles(s[1]).map(v -> v + 0.5).toArray();
    tensors.add(shaped(reals(out + "v", variances), s[1]));
    add(node("BatchNormalization", out, x, scale, bias, bias, out + "v"), s);
  }

  private void moved(String out, String x, int[] s) {
    switch (random.nextInt(3)) {
      case 0 -> add(withAll(node("Transpose", out, x), "perm", 0, 1, 3, 2), s[0], s[1], s[3], s[2]);
      case 1 -> {
        tensors.add(integers(out + "p", 0, 0, 1, 2, 0, 0, 0, 1));
        add(node("Pad", out, x, out + "p"), s[0], s[1], s[2] + 1, s[3] + 3);
      }
      default -> {
        int from = s[2] > 2 ? 1 : 0;
        tensors.add(integers(out + "f", 0, 0, from, 0));
        tensors.add(integers(out + "t", s[0], s[1], s[2], s[3]));
        add(node("Slice", out, x, out + "f", out + "t"), s[0], s[1], s[2] - from, s[3]);
      }
    }
  }
}
