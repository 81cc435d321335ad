package io.fmviz.network.onnx.gradient;

import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Op;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Rules of what takes some values of many, and of what puts others around them. */
final class Choosing {
  private Choosing() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put("Slice", Choosing::sliced);
    rules.put("Pad", Choosing::padded);
    rules.put("Gather", Choosing::gathered);
    rules.put("GatherElements", Choosing::gatheredElements);
    rules.put("TopK", Choosing::largest);
  }

  private static void sliced(Op op, String g, Backward to) {
    long[] in = to.shape(op.input(0));
    long[] out = to.shape(op.output()).clone();
    long[] starts = to.numbers(op, "starts", 1);
    long[] axes = to.numbers(op, "axes", 3);
    long[] steps = to.numbers(op, "steps", 4);
    long[] pads = new long[2 * in.length];
    String gradient = g;
    for (int i = 0; i < starts.length; i++) {
      int axis = axes == null ? i : Backward.axis(axes[i], in.length);
      long step = steps == null ? 1 : steps[i];
      long side = in[axis];
      long start = starts[i] < 0 ? starts[i] + side : starts[i];
      start = Math.max(0, Math.min(start, step < 0 ? side - 1 : side));
      if (step == 1) {
        pads[axis] = start;
        pads[in.length + axis] = side - start - out[axis];
      } else {
        gradient = spread(gradient, out, axis, side, start, step, to);
        out[axis] = side;
      }
    }
    to.give(op.input(0), to.pad(gradient, pads));
  }

  /** Each place takes the value that it gave, or the zero that is put behind all values. */
  private static String spread(
      String g, long[] out, int axis, long side, long start, long step, Backward to) {
    long[] places = new long[(int) side];
    Arrays.fill(places, out[axis]);
    for (int i = 0; i < out[axis]; i++) {
      places[(int) (start + i * step)] = i;
    }
    long[] one = new long[2 * out.length];
    one[out.length + axis] = 1;
    return to.op("Gather", List.of(to.pad(g, one), to.longs(places)), Emitter.number("axis", axis));
  }

  private static void padded(Op op, String g, Backward to) {
    long[] in = to.shape(op.input(0));
    long[] out = to.shape(op.output()).clone();
    long[] given = to.numbers(op, op.has("paddings") ? "paddings" : "pads", 1);
    long[] axes = to.numbers(op, "none", 3);
    long[] pads = new long[2 * in.length];
    int count = given.length / 2;
    for (int i = 0; i < count; i++) {
      int axis = axes == null ? i : Backward.axis(axes[i], in.length);
      pads[axis] = given[i];
      pads[in.length + axis] = given[count + i];
    }
    String mode = op.has("mode") ? op.text("mode") : "constant";
    if (mode.equals("constant")) {
      to.give(op.input(0), to.pad(g, Arrays.stream(pads).map(p -> -p).toArray()));
      return;
    }
    String gradient = g;
    for (int axis = 0; axis < in.length; axis++) {
      int side = (int) in[axis];
      if (out[axis] != side || pads[axis] != 0) {
        float[][] from = new float[(int) out[axis]][side];
        for (int i = 0; i < from.length; i++) {
          from[i][source(mode, i - (int) pads[axis], side)] = 1;
        }
        gradient = to.times(gradient, out, axis, from);
        out[axis] = side;
      }
    }
    to.give(op.input(0), gradient);
  }

  private static int source(String mode, int place, int side) {
    int period = Math.max(1, 2 * (side - 1));
    return switch (mode) {
      case "edge" -> Math.max(0, Math.min(side - 1, place));
      case "wrap" -> Math.floorMod(place, side);
      case "reflect" -> {
        int folded = Math.floorMod(place, period);
        yield folded < side ? folded : period - folded;
      }
      default -> throw new NoRuleException("has mode " + mode);
    };
  }

  /** Values that are taken several times add up. */
  private static void gathered(Op op, String g, Backward to) {
    long[] in = to.shape(op.input(0));
    long[] indices = to.shape(op.input(1));
    int axis = Backward.axis(op.number("axis", 0), in.length);
    long count = Backward.count(indices, Backward.axes(null, indices.length));
    long[] flat = in.clone();
    flat[axis] = count;
    long[] first = Backward.axes(null, in.length);
    long[] back = first.clone();
    for (int i = 0; i < axis; i++) {
      first[i + 1] = i;
      back[i] = i + 1L;
    }
    first[0] = axis;
    back[axis] = 0;
    long[] sides = new long[in.length];
    Arrays.setAll(sides, i -> in[(int) first[i]]);
    String places = to.reshape(wrapped(to.value(op.input(1)), in[axis], to), count, 1);
    String updates = to.transpose(to.reshape(g, flat), first);
    String spread =
        to.op(
            "ScatterND",
            List.of(to.zeros(sides), places, updates),
            Emitter.text("reduction", "add"));
    to.give(op.input(0), to.transpose(spread, back));
  }

  /** Places from the end on become places from the beginning. */
  private static String wrapped(String indices, long side, Backward to) {
    String whole = to.cast(indices, ElementType.INT64);
    String zero = to.longs(0);
    return to.where(to.op2("Less", whole, zero), to.add(whole, to.longs(side)), whole);
  }

  private static void gatheredElements(Op op, String g, Backward to) {
    elements(
        op,
        to.value(op.input(1)),
        g,
        Backward.axis(op.number("axis", 0), to.rank(op.input(0))),
        to);
  }

  private static void elements(Op op, String places, String g, int axis, Backward to) {
    to.give(
        op.input(0),
        to.op(
            "ScatterElements",
            List.of(to.zeros(to.shape(op.input(0))), places, g),
            Emitter.number("axis", axis),
            Emitter.text("reduction", "add")));
  }

  private static void largest(Op op, String g, Backward to) {
    int axis = Backward.axis(op.number("axis", -1), to.rank(op.input(0)));
    elements(op, to.value(op.proto().getOutput(1)), g, axis, to);
  }
}
