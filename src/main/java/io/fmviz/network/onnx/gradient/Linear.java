package io.fmviz.network.onnx.gradient;

import io.fmviz.network.onnx.graph.Op;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Rules of products of matrices. */
final class Linear {
  private Linear() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put("Gemm", Linear::gemm);
    rules.put("MatMul", Linear::product);
  }

  private static void gemm(Op op, String g, Backward to) {
    boolean turnsA = op.number("transA", 0) != 0;
    boolean turnsB = op.number("transB", 0) != 0;
    String scaled = to.mul(g, op.real("alpha", 1));
    if (to.isWanted(op.input(0))) {
      String b = to.value(op.input(1));
      to.give(
          op.input(0),
          turnsA ? gemm(b, scaled, turnsB, true, to) : gemm(scaled, b, false, !turnsB, to));
    }
    if (to.isWanted(op.input(1))) {
      String a = to.value(op.input(0));
      to.give(
          op.input(1),
          turnsB ? gemm(scaled, a, true, turnsA, to) : gemm(a, scaled, !turnsA, false, to));
    }
    if (!op.input(2).isEmpty()) {
      to.giveBroadcast(op.input(2), to.mul(g, op.real("beta", 1)), to.shape(op.output()));
    }
  }

  private static String gemm(String a, String b, boolean turnsA, boolean turnsB, Backward to) {
    return to.op(
        "Gemm",
        List.of(a, b),
        Emitter.number("transA", turnsA ? 1 : 0),
        Emitter.number("transB", turnsB ? 1 : 0));
  }

  /** A vector is a row before, a column behind; what comes before the matrices is broadcast. */
  private static void product(Op op, String g, Backward to) {
    long[] a = to.shape(op.input(0));
    long[] b = to.shape(op.input(1));
    long[] asMatrixA = a.length == 1 ? new long[] {1, a[0]} : a;
    long[] asMatrixB = b.length == 1 ? new long[] {b[0], 1} : b;
    int rank = Math.max(asMatrixA.length, asMatrixB.length);
    long[] whole = new long[rank];
    long[] wide = new long[rank];
    long[] high = new long[rank];
    for (int i = 0; i < rank - 2; i++) {
      int inA = i - rank + asMatrixA.length;
      int inB = i - rank + asMatrixB.length;
      whole[i] = Math.max(inA < 0 ? 1 : asMatrixA[inA], inB < 0 ? 1 : asMatrixB[inB]);
      wide[i] = whole[i];
      high[i] = whole[i];
    }
    long rows = asMatrixA[asMatrixA.length - 2];
    long inner = asMatrixA[asMatrixA.length - 1];
    long columns = asMatrixB[asMatrixB.length - 1];
    set(whole, rows, columns);
    set(wide, rows, inner);
    set(high, inner, columns);
    String gradient = Arrays.equals(whole, to.shape(op.output())) ? g : to.reshape(g, whole);
    if (to.isWanted(op.input(0))) {
      String other = turned(to.value(op.input(1)), b, asMatrixB, to);
      give(op.input(0), to.op2("MatMul", gradient, other), wide, asMatrixA, to);
    }
    if (to.isWanted(op.input(1))) {
      String other = turned(to.value(op.input(0)), a, asMatrixA, to);
      give(op.input(1), to.op2("MatMul", other, gradient), high, asMatrixB, to);
    }
  }

  private static void set(long[] shape, long rows, long columns) {
    shape[shape.length - 2] = rows;
    shape[shape.length - 1] = columns;
  }

  private static String turned(String value, long[] shape, long[] asMatrix, Backward to) {
    String matrix = shape.length == asMatrix.length ? value : to.reshape(value, asMatrix);
    long[] order = Backward.axes(null, asMatrix.length);
    order[order.length - 1]--;
    order[order.length - 2]++;
    return to.transpose(matrix, order);
  }

  private static void give(
      String tensor, String gradient, long[] from, long[] asMatrix, Backward to) {
    long[] shape = to.shape(tensor);
    if (shape.length == asMatrix.length) {
      to.giveBroadcast(tensor, gradient, from);
    } else {
      long[] before = Backward.axes(null, from.length - 2);
      to.give(tensor, to.reshape(from.length == 2 ? gradient : to.sum(gradient, before), shape));
    }
  }
}
