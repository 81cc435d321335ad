package io.fmviz.network.onnx.layers;

import io.fmviz.network.onnx.graph.Op;

/**
 * Along what a Softmax and its kin work. Up to operator set 12 they take a tensor as a matrix,
 * whose rows are all axes before the one that is named, the second by default; since 13 they work
 * along that axis alone, the last by default. (ONNX Runtime's own say in an attribute which it is.)
 */
final class SharesAxis {
  /** The first operator set in which an axis is one. */
  private static final long ALONE = 13;

  private SharesAxis() {}

  /** Whether all axes behind the one that is named belong to it. */
  static boolean takesAllBehind(Op op, long operatorSet) {
    return op.number("opset", operatorSet) < ALONE;
  }

  /** The axis of one that names none, from 0 or, below it, from the end. */
  static long usual(Op op, long operatorSet) {
    return takesAllBehind(op, operatorSet) ? 1 : -1;
  }
}
