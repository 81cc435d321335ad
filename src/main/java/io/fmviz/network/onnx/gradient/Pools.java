package io.fmviz.network.onnx.gradient;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.fmviz.network.onnx.graph.Op;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules of pools with a window. */
final class Pools {
  private static final Set<String> OF_MAX =
      Set.of("kernel_shape", "strides", "pads", "dilations", "ceil_mode", "auto_pad");

  private Pools() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put("MaxPool", Pools::max);
    rules.put("AveragePool", Pools::average);
  }

  /** The engine says once more where the largest are; windows that share one add up. */
  private static void max(Op op, String g, Backward to) {
    List<AttributeProto> attributes =
        op.proto().getAttributeList().stream()
            .filter(attribute -> OF_MAX.contains(attribute.getName()))
            .toList();
    String places = to.ops("MaxPool", 2, List.of(to.value(op.input(0))), attributes)[1];
    long[] shape = to.shape(op.input(0));
    long all = Backward.count(shape, Backward.axes(null, shape.length));
    String spread =
        to.op(
            "ScatterElements",
            List.of(to.zeros(all), to.reshape(places, -1), to.reshape(g, -1)),
            Emitter.number("axis", 0),
            Emitter.text("reduction", "add"));
    to.give(op.input(0), to.reshape(spread, shape));
  }

  /** A mean over a window is one over its rows of one over its columns: a matrix for each. */
  private static void average(Op op, String g, Backward to) {
    long[] in = to.shape(op.input(0));
    long[] shape = to.shape(op.output()).clone();
    Window window = Window.of(op, to, new long[0]);
    boolean countsPads = op.number("count_include_pad", 0) != 0;
    String gradient = g;
    for (int i = 0; i < window.kernel().length; i++) {
      int side = (int) in[i + 2];
      float[][] means = new float[(int) shape[i + 2]][side];
      for (int step = 0; step < means.length; step++) {
        mean(window, i, step, side, countsPads, means[step]);
      }
      gradient = to.times(gradient, shape, i + 2, means);
      shape[i + 2] = side;
    }
    to.give(op.input(0), gradient);
  }

  private static void mean(
      Window window, int dimension, int step, int side, boolean countsPads, float[] row) {
    long first = step * window.strides()[dimension] - window.pads()[dimension];
    long end = side + window.pads()[window.kernel().length + dimension];
    int count = 0;
    for (int k = 0; k < window.kernel()[dimension]; k++) {
      long place = first + k * window.dilations()[dimension];
      boolean isInside = place >= 0 && place < side;
      count += isInside || (countsPads && place < end) ? 1 : 0;
      if (isInside) {
        row[(int) place] = 1;
      }
    }
    for (int x = 0; x < side; x++) {
      row[x] /= Math.max(1, count);
    }
  }
}
