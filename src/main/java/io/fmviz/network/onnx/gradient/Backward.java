package io.fmviz.network.onnx.gradient;

import io.fmviz.base.Exact;
import io.fmviz.network.Gradients.Rectifier;
import io.fmviz.network.onnx.file.ElementType;
import io.fmviz.network.onnx.graph.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A backward graph as it grows: what is known of the forward pass, and the gradients so far. */
final class Backward extends Emitter {
  private final ForwardValues forward;
  private final Set<String> wanted;
  private final Rectifier rectifier;
  private final Map<String, List<String>> gradients = new HashMap<>();

  /**
   * An empty graph.
   *
   * @param wanted the tensors by which there are gradients
   */
  Backward(ForwardValues forward, Set<String> wanted, Rectifier rectifier) {
    this.forward = forward;
    this.wanted = new HashSet<>(wanted);
    this.rectifier = rectifier;
  }

  Rectifier rectifier() {
    return rectifier;
  }

  /** A tensor of the forward pass: real numbers as float32, others as they are. */
  String value(String tensor) {
    return forward.value(tensor, this);
  }

  /** The values of a tensor that is the same for all pictures of this size. */
  double[] known(String tensor) {
    return forward.known(tensor);
  }

  /** The only one of these; {@code otherwise} where the input is left out. */
  double known(String tensor, double otherwise) {
    double[] all = tensor.isEmpty() ? new double[] {otherwise} : known(tensor);
    if (all.length != 1) {
      throw new NoRuleException("has more than one value where one is meant");
    }
    return all[0];
  }

  /** The whole numbers of an attribute or, as in newer versions, of an input; null for none. */
  long[] numbers(Op op, String attribute, int input) {
    if (op.has(attribute)) {
      return op.numbers(attribute);
    }
    String tensor = op.input(input);
    return input < 1 || tensor.isEmpty()
        ? null
        : Arrays.stream(known(tensor)).mapToLong(x -> (long) x).toArray();
  }

  long operatorSet() {
    return forward.operatorSet();
  }

  /** A tensor's sides in the forward pass, with the batch. */
  long[] shape(String tensor) {
    return forward.shape(tensor);
  }

  int rank(String tensor) {
    return shape(tensor).length;
  }

  boolean isHeld(String tensor) {
    return forward.isHeld(tensor);
  }

  boolean isReal(String tensor) {
    return forward.isReal(tensor);
  }

  ElementType type(String tensor) {
    return forward.type(tensor);
  }

  /** Whether there is to be a gradient by a tensor. */
  boolean isWanted(String tensor) {
    return wanted.contains(tensor);
  }

  /** Adds to the gradient by a tensor, in its shape. */
  void give(String tensor, String gradient) {
    if (isWanted(tensor)) {
      gradients.computeIfAbsent(tensor, name -> new ArrayList<>()).add(gradient);
    }
  }

  /** The same of a tensor that was broadcast to the shape of another one. */
  void giveBroadcast(String tensor, String gradient, long[] from) {
    if (!isWanted(tensor)) {
      return;
    }
    long[] to = shape(tensor);
    int more = from.length - to.length;
    long[] axes =
        IntStream.range(0, from.length)
            .filter(i -> i < more || (to[i - more] == 1 && from[i] != 1))
            .asLongStream()
            .toArray();
    String summed = sum(gradient, axes);
    give(tensor, more == 0 ? summed : reshape(summed, to));
  }

  /** The gradient by a tensor as it is so far; null where there is none. */
  String gradient(String tensor) {
    List<String> all = gradients.get(tensor);
    if (all == null) {
      return null;
    }
    String sum = all.size() == 1 ? all.get(0) : op("Sum", all);
    gradients.put(tensor, new ArrayList<>(List.of(sum)));
    return sum;
  }

  /** The same, zeros where there is none. */
  String gradientOrZeros(String tensor) {
    String found = gradient(tensor);
    return found == null ? zeros(shape(tensor)) : found;
  }

  /** An axis counted from 0. */
  static int axis(long axis, int rank) {
    return (int) (axis < 0 ? axis + rank : axis);
  }

  static long[] axes(long[] axes, int rank) {
    return axes == null || axes.length == 0
        ? IntStream.range(0, rank).asLongStream().toArray()
        : Arrays.stream(axes).map(axis -> axis(axis, rank)).toArray();
  }

  /** A shape with some sides of 1. */
  static long[] reduced(long[] shape, long... axes) {
    long[] kept = shape.clone();
    for (long axis : axes) {
      kept[(int) axis] = 1;
    }
    return kept;
  }

  static long count(long[] shape, long... axes) {
    return Exact.product(Arrays.stream(axes).mapToInt(axis -> (int) shape[(int) axis]).toArray());
  }

  /**
   * Each row along an axis times a matrix, {@code (from, to)}.
   *
   * @param shape of the tensor
   */
  String times(String tensor, long[] shape, int axis, float[][] matrix) {
    int to = matrix[0].length;
    int last = shape.length - 1;
    if (axis == last) {
      return op2("MatMul", tensor, matrix(matrix));
    }
    if (axis == last - 1) {
      float[][] turned = new float[to][matrix.length];
      for (int i = 0; i < matrix.length; i++) {
        for (int j = 0; j < to; j++) {
          turned[j][i] = matrix[i][j];
        }
      }
      return op2("MatMul", matrix(turned), tensor);
    }
    long[] order = IntStream.range(0, shape.length).asLongStream().toArray();
    order[axis] = last;
    order[last] = axis;
    return transpose(op2("MatMul", transpose(tensor, order), matrix(matrix)), order);
  }

  private String matrix(float[][] matrix) {
    float[] all = new float[Exact.product(matrix.length, matrix[0].length)];
    for (int i = 0; i < matrix.length; i++) {
      System.arraycopy(matrix[i], 0, all, i * matrix[0].length, matrix[0].length);
    }
    return floats(new long[] {matrix.length, matrix[0].length}, all);
  }
}
