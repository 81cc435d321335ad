package io.fmviz.network.onnx.gradient;

import io.fmviz.network.onnx.graph.Op;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/** Rules of normalizations, by what is normalized. */
final class Normalizations {
  private static final float USUAL = 1e-5f;

  private Normalizations() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put("BatchNormalization", Normalizations::batch);
    rules.put("InstanceNormalization", Normalizations::instance);
    rules.put("LayerNormalization", Normalizations::layer);
    rules.put("GroupNormalization", Normalizations::group);
    rules.put("LRN", Normalizations::local);
  }

  private static void requireConstants(Op op, Backward to) {
    if (op.inputs().stream().skip(1).anyMatch(to::isWanted)) {
      throw new NoRuleException("has a scale that is made of the picture");
    }
  }

  /** A value for each channel, to go with maps. */
  private static String perChannel(String tensor, int rank, Backward to) {
    long[] sides = new long[rank - 1];
    Arrays.fill(sides, 1);
    sides[0] = -1;
    return to.reshape(to.value(tensor), sides);
  }

  private static void batch(Op op, String g, Backward to) {
    requireConstants(op, to);
    if (op.number("training_mode", 0) != 0) {
      throw new NoRuleException("is in training mode");
    }
    int rank = to.rank(op.input(0));
    String scale = perChannel(op.input(1), rank, to);
    String variance = perChannel(op.input(4), rank, to);
    String deviation = to.op1("Sqrt", to.add(variance, op.real("epsilon", USUAL)));
    to.give(op.input(0), to.mul(g, to.div(scale, deviation)));
  }

  /**
   * Through {@code (x - mean) / sqrt(variance + epsilon)} over some axes: of a gradient g by that,
   * n being the result, {@code (g - mean(g) - n * mean(g * n)) / deviation}.
   */
  private static String normalized(String x, String g, long[] axes, float epsilon, Backward to) {
    String centred = to.sub(x, to.mean(x, axes));
    String variance = to.mean(to.mul(centred, centred), axes);
    String deviation = to.op1("Sqrt", to.add(variance, epsilon));
    String n = to.div(centred, deviation);
    String along = to.mul(n, to.mean(to.mul(g, n), axes));
    return to.div(to.sub(to.sub(g, to.mean(g, axes)), along), deviation);
  }

  private static void instance(Op op, String g, Backward to) {
    requireConstants(op, to);
    int rank = to.rank(op.input(0));
    String scaled = to.mul(g, perChannel(op.input(1), rank, to));
    long[] axes = IntStream.range(2, rank).asLongStream().toArray();
    to.give(
        op.input(0),
        normalized(to.value(op.input(0)), scaled, axes, op.real("epsilon", USUAL), to));
  }

  private static void layer(Op op, String g, Backward to) {
    requireConstants(op, to);
    int rank = to.rank(op.input(0));
    int axis = Backward.axis(op.number("axis", -1), rank);
    long[] axes = IntStream.range(axis, rank).asLongStream().toArray();
    String scaled = to.mul(g, to.value(op.input(1)));
    to.give(
        op.input(0),
        normalized(to.value(op.input(0)), scaled, axes, op.real("epsilon", USUAL), to));
  }

  /** Up to version 20 it has a scale for each group, then for each channel. */
  private static void group(Op op, String g, Backward to) {
    requireConstants(op, to);
    long[] shape = to.shape(op.input(0));
    long groups = op.number("num_groups", 1);
    long count = Backward.count(shape, Backward.axes(null, shape.length)) / shape[0] / groups;
    long[] flat = {shape[0], groups, count};
    String x = to.reshape(to.value(op.input(0)), flat);
    boolean isPerGroup = to.shape(op.input(1))[0] == groups && groups != shape[1];
    String scaled =
        isPerGroup
            ? to.mul(to.reshape(g, flat), perChannel(op.input(1), 3, to))
            : to.reshape(to.mul(g, perChannel(op.input(1), shape.length, to)), flat);
    String made = normalized(x, scaled, new long[] {2}, op.real("epsilon", USUAL), to);
    to.give(op.input(0), to.reshape(made, shape));
  }

  /**
   * {@code x / s^beta}, s being {@code bias + alpha / size * sum(x^2)} over channels near: {@code g
   * / s^beta - 2 alpha beta / size * x * sum(g x / s^(beta + 1))} over those that it is near to.
   */
  private static void local(Op op, String g, Backward to) {
    long[] shape = to.shape(op.input(0));
    long size = op.number("size", 1);
    double alpha = op.real("alpha", 1e-4f);
    double beta = op.real("beta", 0.75f);
    int channels = (int) shape[1];
    float[][] near = new float[channels][channels];
    float[][] back = new float[channels][channels];
    for (int c = 0; c < channels; c++) {
      long first = Math.max(0, c - (size - 1) / 2);
      long last = Math.min(channels - 1, c + size / 2);
      for (int other = (int) first; other <= last; other++) {
        near[other][c] = 1;
        back[c][other] = 1;
      }
    }
    long[] flat = {shape[0], channels, shape.length == 2 ? 1 : -1};
    String x = to.reshape(to.value(op.input(0)), flat);
    String gradient = to.reshape(g, flat);
    String sum = to.times(to.mul(x, x), flat, 1, near);
    String s = to.add(to.mul(sum, alpha / size), op.real("bias", 1));
    String scaled = to.mul(gradient, to.op2("Pow", s, to.scalar(-beta)));
    String spread = to.times(to.div(to.mul(scaled, x), s), flat, 1, back);
    String less = to.mul(to.mul(spread, x), 2 * alpha * beta / size);
    to.give(op.input(0), to.reshape(to.sub(scaled, less), shape));
  }
}
