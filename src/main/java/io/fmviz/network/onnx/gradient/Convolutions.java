package io.fmviz.network.onnx.gradient;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.fmviz.network.onnx.graph.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Rules of convolutions, by the picture; a weight that is made of the picture has none. */
final class Convolutions {
  private Convolutions() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put("Conv", Convolutions::convolution);
    rules.put("ConvTranspose", Convolutions::transposed);
  }

  private static void bias(Op op, String g, Backward to) {
    if (to.isWanted(op.input(1))) {
      throw new NoRuleException("has a weight that is made of the picture");
    }
    if (to.isWanted(op.input(2))) {
      long[] all = Backward.axes(null, to.rank(op.output()));
      long[] others = Arrays.stream(all).filter(axis -> axis != 1).toArray();
      to.give(op.input(2), to.reshape(to.sum(g, others), to.shape(op.input(2))));
    }
  }

  private static void convolution(Op op, String g, Backward to) {
    bias(op, g, to);
    if (!to.isWanted(op.input(0))) {
      return;
    }
    Window window = Window.of(op, to, to.shape(op.input(1)));
    long[] in = to.shape(op.input(0));
    String weight = to.value(op.input(1));
    long group = op.number("group", 1);
    long[] weights = to.shape(op.input(1));
    to.give(
        op.input(0),
        window.canTurn()
            ? turned(g, weight, weights, group, window, to)
            : backwards(g, weight, in, group, window, to));
  }

  /** Without strides a convolution again, with the weight turned around: the engine's quickest. */
  private static String turned(
      String g, String weight, long[] weights, long group, Window window, Backward to) {
    int dimensions = weights.length - 2;
    long out = weights[0] / group;
    String split = weight;
    if (group == 1 || (weights[1] == 1 && out == 1)) {
      split = group == 1 ? to.transpose(weight, swapped(weights.length)) : weight;
    } else {
      long[] grouped = new long[weights.length + 1];
      grouped[0] = group;
      grouped[1] = out;
      System.arraycopy(weights, 1, grouped, 2, weights.length - 1);
      long[] order = Backward.axes(null, grouped.length);
      order[1] = 2;
      order[2] = 1;
      long[] joined = weights.clone();
      joined[0] = group * weights[1];
      joined[1] = out;
      split = to.reshape(to.transpose(to.reshape(weight, grouped), order), joined);
    }
    long[] back = new long[dimensions];
    Arrays.fill(back, -1);
    long[] ends = new long[dimensions];
    Arrays.fill(ends, Integer.MIN_VALUE);
    long[] axes = new long[dimensions];
    Arrays.setAll(axes, i -> i + 2);
    boolean isPoint = Arrays.stream(window.kernel()).allMatch(side -> side == 1);
    String flipped =
        isPoint
            ? split
            : to.op(
                "Slice",
                List.of(split, to.longs(back), to.longs(ends), to.longs(axes), to.longs(back)));
    long[] pads = new long[2 * dimensions];
    for (int i = 0; i < pads.length; i++) {
      int d = i % dimensions;
      pads[i] = window.dilations()[d] * (window.kernel()[d] - 1) - window.pads()[i];
    }
    return to.op("Conv", List.of(g, flipped), attributes(window, group, pads));
  }

  private static long[] swapped(int rank) {
    long[] order = Backward.axes(null, rank);
    order[0] = 1;
    order[1] = 0;
    return order;
  }

  private static List<AttributeProto> attributes(Window window, long group, long[] pads) {
    return new ArrayList<>(
        List.of(
            Emitter.ints("strides", window.strides()),
            Emitter.ints("dilations", window.dilations()),
            Emitter.ints("kernel_shape", window.kernel()),
            Emitter.ints("pads", pads),
            Emitter.number("group", group)));
  }

  /** The transposed convolution; what the window's last step doesn't reach gets nothing. */
  private static String backwards(
      String g, String weight, long[] in, long group, Window window, Backward to) {
    int dimensions = window.kernel().length;
    long[] more = new long[dimensions];
    long[] cut = new long[2 * in.length];
    for (int i = 0; i < dimensions; i++) {
      long padded = in[i + 2] + window.pads()[i] + window.pads()[dimensions + i];
      long rest = padded - window.dilations()[i] * (window.kernel()[i] - 1) - 1;
      more[i] = Math.floorMod(rest, window.strides()[i]);
      if (more[i] >= Math.max(window.strides()[i], window.dilations()[i])) {
        cut[in.length + 2 + i] = more[i];
        more[i] = 0;
      }
    }
    List<AttributeProto> attributes = attributes(window, group, window.pads());
    attributes.add(Emitter.ints("output_padding", more));
    return to.pad(to.op("ConvTranspose", List.of(g, weight), attributes), cut);
  }

  /** Back by a convolution with the same weight. */
  private static void transposed(Op op, String g, Backward to) {
    bias(op, g, to);
    if (!to.isWanted(op.input(0))) {
      return;
    }
    long[] in = to.shape(op.input(0));
    long[] out = to.shape(op.output());
    Window window = Window.transposed(op, to.shape(op.input(1)), in, out);
    String gradient =
        to.op(
            "Conv",
            List.of(g, to.value(op.input(1))),
            attributes(window, op.number("group", 1), window.pads()));
    long[] made = in.clone();
    long[] pads = new long[2 * in.length];
    for (int i = 0; i < window.kernel().length; i++) {
      made[i + 2] = window.steps(out[i + 2], i);
      pads[in.length + 2 + i] = in[i + 2] - made[i + 2];
    }
    to.give(op.input(0), to.pad(gradient, pads));
  }
}
