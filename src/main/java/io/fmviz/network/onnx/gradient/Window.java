package io.fmviz.network.onnx.gradient;

import io.fmviz.network.onnx.graph.Op;
import java.util.Arrays;

/**
 * How a window goes over maps, of one dimension or more.
 *
 * @param pads before each dimension, then behind each
 */
record Window(long[] kernel, long[] strides, long[] dilations, long[] pads) {
  /** That of a convolution with a weight, or of a pool. */
  static Window of(Op op, Backward to, long[] weight) {
    long[] kernel =
        op.has("kernel_shape")
            ? op.numbers("kernel_shape")
            : Arrays.copyOfRange(weight, 2, weight.length);
    long[] in = Arrays.copyOfRange(to.shape(op.input(0)), 2, kernel.length + 2);
    long[] out = Arrays.copyOfRange(to.shape(op.output()), 2, kernel.length + 2);
    Window plain = plain(op, kernel);
    return plain.with(padsOf(op, plain, in, out));
  }

  private Window with(long[] others) {
    return new Window(kernel, strides, dilations, others);
  }

  private static Window plain(Op op, long[] kernel) {
    return new Window(
        kernel,
        orOnes(op, "strides", kernel.length),
        orOnes(op, "dilations", kernel.length),
        op.has("pads") ? op.numbers("pads") : new long[2 * kernel.length]);
  }

  private static long[] orOnes(Op op, String name, int count) {
    long[] ones = new long[count];
    Arrays.fill(ones, 1);
    return op.has(name) ? op.numbers(name) : ones;
  }

  private static long[] padsOf(Op op, Window plain, long[] in, long[] out) {
    String auto = op.text("auto_pad");
    if (!auto.startsWith("SAME")) {
      return auto.equals("VALID") ? new long[plain.pads.length] : plain.pads;
    }
    int dimensions = in.length;
    long[] pads = new long[2 * dimensions];
    for (int i = 0; i < dimensions; i++) {
      long reach = plain.dilations[i] * (plain.kernel[i] - 1) + 1;
      long all = Math.max(0, (out[i] - 1) * plain.strides[i] + reach - in[i]);
      long less = all / 2;
      pads[i] = auto.equals("SAME_UPPER") ? less : all - less;
      pads[dimensions + i] = all - pads[i];
    }
    return pads;
  }

  /** That of the convolution which is a transposed one's way back. */
  static Window transposed(Op op, long[] weight, long[] in, long[] out) {
    long[] kernel = Arrays.copyOfRange(weight, 2, weight.length);
    Window plain = plain(op, kernel);
    boolean isSame = op.text("auto_pad").startsWith("SAME");
    boolean isUpper = op.text("auto_pad").equals("SAME_UPPER");
    long[] more = op.has("output_padding") ? op.numbers("output_padding") : new long[kernel.length];
    long[] pads = plain.pads.clone();
    if (op.text("auto_pad").equals("VALID")) {
      Arrays.fill(pads, 0);
    }
    for (int i = 0; i < kernel.length; i++) {
      long reach = plain.dilations[i] * (kernel[i] - 1) + 1;
      long full = (in[i + 2] - 1) * plain.strides[i] + reach + more[i];
      if (isSame || op.has("output_shape")) {
        long all = Math.max(0, full - out[i + 2]);
        // As ONNX's text has it: the smaller part behind, but for SAME_UPPER.
        pads[i] = isUpper ? all / 2 : all - all / 2;
        pads[kernel.length + i] = all - pads[i];
      }
    }
    return plain.with(pads);
  }

  /** How many steps it makes over maps of some size. */
  long steps(long size, int dimension) {
    long reach = dilations[dimension] * (kernel[dimension] - 1) + 1;
    long padded = size + pads[dimension] + pads[kernel.length + dimension];
    return (padded - reach) / strides[dimension] + 1;
  }

  /** Whether its way back is such a window without strides, turned around. */
  boolean canTurn() {
    for (int i = 0; i < kernel.length; i++) {
      long reach = dilations[i] * (kernel[i] - 1);
      if (strides[i] != 1 || pads[i] > reach || pads[kernel.length + i] > reach) {
        return false;
      }
    }
    return true;
  }
}
