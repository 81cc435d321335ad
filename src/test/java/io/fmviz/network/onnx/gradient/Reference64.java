package io.fmviz.network.onnx.gradient;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.fmviz.network.onnx.graph.Op;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Runs a graph in float64, operator by operator, as ONNX's texts say: for differences. */
final class Reference64 {
  private final ModelProto model;

  Reference64(ModelProto model) {
    this.model = model;
  }

  Array64 run(Array64 input) {
    Map<String, Array64> values = new HashMap<>();
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      values.put(
          tensor.getName(),
          new Array64(
              tensor.getDimsList().stream().mapToInt(Long::intValue).toArray(),
              (tensor.getDataType() == 7 ? tensor.getInt64DataList() : tensor.getFloatDataList())
                  .stream().mapToDouble(Number::doubleValue).toArray()));
    }
    values.put("x", input);
    for (NodeProto node : model.getGraph().getNodeList()) {
      Op op = Op.of(node);
      values.put(op.output(), of(op, values));
    }
    return values.get("y");
  }

  private static Array64 of(Op op, Map<String, Array64> values) {
    Array64 x = values.get(op.input(0));
    Array64 other = values.get(op.input(1));
    return switch (op.type()) {
      case "Relu" -> x.map(v -> Math.max(0, v));
      case "LeakyRelu" -> x.map(v -> v > 0 ? v : op.real("alpha", 0) * v);
      case "Sigmoid" -> x.map(v -> 1 / (1 + Math.exp(-v)));
      case "Tanh" -> x.map(Math::tanh);
      case "Softplus" -> x.map(v -> Math.log1p(Math.exp(v)));
      case "HardSwish" -> x.map(v -> v * Math.max(0, Math.min(1, v / 6 + 0.5)));
      case "Elu" -> x.map(v -> v > 0 ? v : Math.expm1(v));
      case "Abs" -> x.map(Math::abs);
      case "Neg" -> x.map(v -> -v);
      case "Add" -> x.with(other, Double::sum);
      case "Sub" -> x.with(other, (a, b) -> a - b);
      case "Mul" -> x.with(other, (a, b) -> a * b);
      case "Max" -> x.with(other, Math::max);
      case "Min" -> x.with(other, Math::min);
      case "Conv" -> convolution(op, x, other);
      case "MaxPool" -> pool(op, x, true);
      case "AveragePool" -> pool(op, x, false);
      case "ReduceMean" -> mean(x, op.numbers("axes"));
      case "Softmax" -> softmax(x);
      case "Transpose" -> transposed(x, op.numbers("perm"));
      case "Concat" -> concatenated(x, other);
      case "Slice" -> sliced(x, other.values(), values.get(op.input(2)).values());
      case "Pad" -> padded(x, other.values());
      case "BatchNormalization" -> normalized(op, x, values);
      default -> throw new IllegalArgumentException(op.type());
    };
  }

  private static Array64 convolution(Op op, Array64 x, Array64 w) {
    Window window = window(op, w.shape()[2], w.shape()[3]);
    int group = (int) op.number("group", 1);
    int[] k = w.shape();
    Array64 y =
        Array64.zeros(
            1, k[0], (int) window.steps(x.shape()[2], 0), (int) window.steps(x.shape()[3], 1));
    for (int i = 0; i < y.values().length; i++) {
      int[] at = y.place(i);
      int from = at[1] / (k[0] / group) * k[1];
      for (int c = 0; c < k[1]; c++) {
        for (int r = 0; r < k[2]; r++) {
          for (int s = 0; s < k[3]; s++) {
            y.values()[i] +=
                w.values()[w.at(at[1], c, r, s)]
                    * x.or(0, 0, from + c, at(window, 0, at[2], r), at(window, 1, at[3], s));
          }
        }
      }
    }
    return y;
  }

  private static int at(Window window, int dimension, int step, int k) {
    return (int)
        (step * window.strides()[dimension]
            - window.pads()[dimension]
            + k * window.dilations()[dimension]);
  }

  private static Window window(Op op, int height, int width) {
    return new Window(
        new long[] {height, width},
        op.has("strides") ? op.numbers("strides") : new long[] {1, 1},
        op.has("dilations") ? op.numbers("dilations") : new long[] {1, 1},
        op.has("pads") ? op.numbers("pads") : new long[4]);
  }

  private static Array64 pool(Op op, Array64 x, boolean isMax) {
    long[] kernel = op.numbers("kernel_shape");
    Window window = window(op, (int) kernel[0], (int) kernel[1]);
    Array64 y =
        Array64.zeros(
            1,
            x.shape()[1],
            (int) window.steps(x.shape()[2], 0),
            (int) window.steps(x.shape()[3], 1));
    boolean countsPads = op.number("count_include_pad", 0) != 0;
    for (int i = 0; i < y.values().length; i++) {
      int[] at = y.place(i);
      double sum = 0;
      double largest = Double.NEGATIVE_INFINITY;
      int count = 0;
      for (int r = 0; r < kernel[0]; r++) {
        for (int s = 0; s < kernel[1]; s++) {
          double v = x.or(Double.NaN, 0, at[1], at(window, 0, at[2], r), at(window, 1, at[3], s));
          count += countsPads || !Double.isNaN(v) ? 1 : 0;
          sum += Double.isNaN(v) ? 0 : v;
          largest = Double.isNaN(v) ? largest : Math.max(largest, v);
        }
      }
      y.values()[i] = isMax ? largest : sum / count;
    }
    return y;
  }

  private static Array64 mean(Array64 x, long[] axes) {
    int[] kept = x.shape().clone();
    Arrays.stream(axes).forEach(axis -> kept[(int) axis] = 1);
    Array64 y = Array64.zeros(kept);
    double count = (double) x.values().length / y.values().length;
    for (int i = 0; i < x.values().length; i++) {
      int[] place = x.place(i);
      Arrays.stream(axes).forEach(axis -> place[(int) axis] = 0);
      y.values()[y.at(place)] += x.values()[i] / count;
    }
    return y;
  }

  /** Over the channels. */
  private static Array64 softmax(Array64 x) {
    Array64 e = x.map(Math::exp);
    return e.with(mean(e, new long[] {1}), (a, b) -> a / b / x.shape()[1]);
  }

  private static Array64 transposed(Array64 x, long[] order) {
    int[] shape = new int[4];
    Arrays.setAll(shape, d -> x.shape()[(int) order[d]]);
    Array64 y = Array64.zeros(shape);
    for (int i = 0; i < x.values().length; i++) {
      int[] place = x.place(i);
      int[] to = new int[4];
      Arrays.setAll(to, d -> place[(int) order[d]]);
      y.values()[y.at(to)] = x.values()[i];
    }
    return y;
  }

  /** Along the channels. */
  private static Array64 concatenated(Array64 a, Array64 b) {
    int[] shape = a.shape().clone();
    shape[1] += b.shape()[1];
    double[] values = Arrays.copyOf(a.values(), a.values().length + b.values().length);
    System.arraycopy(b.values(), 0, values, a.values().length, b.values().length);
    return new Array64(shape, values);
  }

  /** Of each dimension from one place up to another. */
  private static Array64 sliced(Array64 x, double[] from, double[] to) {
    int[] shape = new int[4];
    Arrays.setAll(shape, d -> (int) (to[d] - from[d]));
    Array64 y = Array64.zeros(shape);
    for (int i = 0; i < y.values().length; i++) {
      int[] place = y.place(i);
      Arrays.setAll(place, d -> place[d] + (int) from[d]);
      y.values()[i] = x.values()[x.at(place)];
    }
    return y;
  }

  private static Array64 padded(Array64 x, double[] pads) {
    int[] shape = new int[4];
    Arrays.setAll(shape, d -> x.shape()[d] + (int) (pads[d] + pads[d + 4]));
    Array64 y = Array64.zeros(shape);
    for (int i = 0; i < y.values().length; i++) {
      int[] place = y.place(i);
      Arrays.setAll(place, d -> place[d] - (int) pads[d]);
      y.values()[i] = x.or(0, place);
    }
    return y;
  }

  private static Array64 normalized(Op op, Array64 x, Map<String, Array64> values) {
    Array64 y = Array64.zeros(x.shape());
    for (int i = 0; i < y.values().length; i++) {
      int c = x.place(i)[1];
      double deviation = Math.sqrt(values.get(op.input(4)).values()[c] + 1e-5f);
      y.values()[i] =
          (x.values()[i] - values.get(op.input(3)).values()[c])
                  / deviation
                  * values.get(op.input(1)).values()[c]
              + values.get(op.input(2)).values()[c];
    }
    return y;
  }
}
