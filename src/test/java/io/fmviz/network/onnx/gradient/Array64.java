package io.fmviz.network.onnx.gradient;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** An array of float64, row by row, with the few things that operators do to one. */
record Array64(int[] shape, double[] values) {
  static int count(int... shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  static Array64 zeros(int... shape) {
    return new Array64(shape, new double[count(shape)]);
  }

  int at(int... place) {
    int at = 0;
    for (int d = 0; d < shape.length; d++) {
      at = at * shape[d] + place[d];
    }
    return at;
  }

  /** The place of a value by its number. */
  int[] place(int number) {
    int[] place = new int[shape.length];
    for (int d = shape.length - 1; d >= 0; d--) {
      place[d] = number % shape[d];
      number /= shape[d];
    }
    return place;
  }

  Array64 map(DoubleUnaryOperator of) {
    return new Array64(shape, Arrays.stream(values).map(of).toArray());
  }

  /** Both, of as many dimensions, broadcast to one shape. */
  Array64 with(Array64 other, DoubleBinaryOperator of) {
    int[] both = new int[shape.length];
    Arrays.setAll(both, d -> Math.max(shape[d], other.shape[d]));
    Array64 result = zeros(both);
    for (int i = 0; i < result.values.length; i++) {
      int[] place = result.place(i);
      result.values[i] = of.applyAsDouble(broadcast(place), other.broadcast(place));
    }
    return result;
  }

  private double broadcast(int[] place) {
    int[] inside = new int[shape.length];
    Arrays.setAll(inside, d -> shape[d] == 1 ? 0 : place[d]);
    return values[at(inside)];
  }

  /** The value at a place; another one beyond the edges. */
  double or(double otherwise, int... place) {
    for (int d = 0; d < shape.length; d++) {
      if (place[d] < 0 || place[d] >= shape[d]) {
        return otherwise;
      }
    }
    return values[at(place)];
  }
}
