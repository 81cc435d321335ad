package io.fmviz.network.onnx.gradient;

import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Op;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rules of what makes one value of many. */
final class Reductions {
  private Reductions() {}

  /** Makes the gradient by the input, of one that has the input's rank. */
  @FunctionalInterface
  private interface Spread {
    /**
     * Spreads.
     *
     * @param y the output with sides of 1
     */
    String of(String x, String y, String gradient, long count, Backward to);
  }

  static void addTo(Map<String, Rule> rules) {
    reduction(rules, "ReduceSum", (x, y, g, count, to) -> g);
    reduction(rules, "ReduceMean", (x, y, g, count, to) -> to.mul(g, 1.0 / count));
    reduction(rules, "ReduceSumSquare", (x, y, g, count, to) -> to.mul(to.mul(g, 2), x));
    reduction(rules, "ReduceL1", (x, y, g, count, to) -> to.mul(g, to.op1("Sign", x)));
    // Where all are zero there is no slope, as PyTorch says.
    reduction(rules, "ReduceL2", (x, y, g, count, to) -> to.above(y, 0, to.div(to.mul(g, x), y)));
    reduction(
        rules, "ReduceLogSumExp", (x, y, g, count, to) -> to.mul(g, to.op1("Exp", to.sub(x, y))));
    rules.put("ReduceMax", Reductions::extreme);
    rules.put("ReduceMin", Reductions::extreme);
    rules.put(
        "GlobalAveragePool",
        (op, g, to) -> {
          long[] shape = to.shape(op.input(0));
          long count = Backward.count(shape, positions(shape));
          to.give(op.input(0), spread(to.mul(g, 1.0 / count), shape, to));
        });
    rules.put("GlobalMaxPool", Reductions::globalMax);
  }

  private static long[] positions(long[] shape) {
    return IntStream.range(2, shape.length).asLongStream().toArray();
  }

  private static String spread(String gradient, long[] shape, Backward to) {
    return to.op2("Expand", gradient, to.longs(shape));
  }

  private static long[] axesOf(Op op, Backward to) {
    int rank = to.rank(op.input(0));
    long[] axes = to.numbers(op, "axes", 1);
    boolean isNone = axes == null || axes.length == 0;
    return isNone && op.number("noop_with_empty_axes", 0) != 0
        ? new long[0]
        : Backward.axes(axes, rank);
  }

  private static void reduction(Map<String, Rule> rules, String type, Spread spread) {
    rules.put(
        type,
        (op, g, to) -> {
          long[] shape = to.shape(op.input(0));
          long[] axes = axesOf(op, to);
          long[] kept = Backward.reduced(shape, axes);
          boolean isPlain = type.equals("ReduceSum") || type.equals("ReduceMean");
          String x = isPlain ? null : to.value(op.input(0));
          String y = isPlain ? null : to.reshape(to.value(op.output()), kept);
          String gradient = to.reshape(g, kept);
          String made = spread.of(x, y, gradient, Backward.count(shape, axes), to);
          to.give(op.input(0), isPlain ? spread(made, shape, to) : made);
        });
  }

  /** Those that are equal share the gradient, as PyTorch's amax and amin. */
  private static void extreme(Op op, String g, Backward to) {
    long[] axes = axesOf(op, to);
    long[] kept = Backward.reduced(to.shape(op.input(0)), axes);
    String y = to.reshape(to.value(op.output()), kept);
    String hits = to.cast(to.op2("Equal", to.value(op.input(0)), y), ElementType.FLOAT);
    String share = to.div(to.reshape(g, kept), to.sum(hits, axes));
    to.give(op.input(0), to.mul(hits, share));
  }

  /** The first of those that are equal has it all, as PyTorch's. */
  private static void globalMax(Op op, String g, Backward to) {
    long[] shape = to.shape(op.input(0));
    long count = Backward.count(shape, positions(shape));
    long[] flat = {shape[0], shape[1], count};
    String x = to.reshape(to.value(op.input(0)), flat);
    String place = to.op("ArgMax", List.of(x), Emitter.number("axis", 2));
    String spread =
        to.op(
            "ScatterElements",
            List.of(to.zeros(flat), place, to.reshape(g, shape[0], shape[1], 1)),
            Emitter.number("axis", 2));
    to.give(op.input(0), to.reshape(spread, shape));
  }

  /** Softmax over some axes: {@code y * (g - sum(g * y))}. */
  static String softmax(String y, String g, long[] axes, Backward to) {
    String weighed = to.mul(g, y);
    return to.sub(weighed, to.mul(y, to.sum(weighed, axes)));
  }

  /** Before version 13, over all axes from one on. */
  static long[] softmaxAxes(Op op, Backward to) {
    int rank = to.rank(op.input(0));
    boolean isOld = to.operatorSet() < 13;
    int axis = Backward.axis(op.number("axis", isOld ? 1 : -1), rank);
    return isOld ? IntStream.range(axis, rank).asLongStream().toArray() : new long[] {axis};
  }

  static void addSoftmax(Map<String, Rule> rules) {
    rules.put(
        "Softmax",
        (op, g, to) ->
            to.give(op.input(0), softmax(to.value(op.output()), g, softmaxAxes(op, to), to)));
    rules.put(
        "LogSoftmax",
        (op, g, to) -> {
          String sum = to.sum(g, softmaxAxes(op, to));
          String y = to.op1("Exp", to.value(op.output()));
          to.give(op.input(0), to.sub(g, to.mul(y, sum)));
        });
  }
}
