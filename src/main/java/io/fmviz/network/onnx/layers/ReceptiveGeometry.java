package io.fmviz.network.onnx.layers;

import io.fmviz.network.Window;
import io.fmviz.network.onnx.graph.ChannelAxis;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import io.fmviz.network.onnx.graph.Reach;
import java.util.Arrays;
import java.util.List;

/** How layers go over their inputs. */
public final class ReceptiveGeometry {
  private final long operatorSet;
  private final Constants constants;
  private final ShapeInference.Tensors found;

  ReceptiveGeometry(Graph graph, Constants constants, ShapeInference.Tensors found) {
    this.operatorSet = graph.operatorSet();
    this.constants = constants;
    this.found = found;
  }

  /** How a layer goes over its input; null where that isn't known, or it is no square. */
  Window of(Module module) {
    Op op = module.first();
    if (op.operator().reach() == Reach.PADDED && module.ops().size() > 1) {
      Window pad = padded(op);
      Window pool = sliding(module.last(), module.last().numbers("kernel_shape"));
      return pad == null || pool == null
          ? null
          : new Window(pool.kernel(), pool.stride(), pool.padding() + pad.padding());
    }
    return switch (module.operator().reach()) {
      case POINT -> Window.POINT;
      case AXIS -> isOfChannels(op) ? Window.POINT : null;
      case WEIGHT -> sliding(op, kernel(op.input(op.operator().inputs().weights().get(0))));
      case KERNEL_SHAPE -> sliding(op, op.numbers("kernel_shape"));
      case PADDED -> padded(op);
      case UNKNOWN -> null;
    };
  }

  private boolean isOfChannels(Op op) {
    ChannelAxis axis = found.axis(op.output());
    boolean makesShares = op.operator().is(Operator.Trait.SHARES);
    long place = op.number("axis", makesShares ? SharesAxis.usual(op, operatorSet) : 0);
    boolean takesMore =
        makesShares && SharesAxis.takesAllBehind(op, operatorSet) && axis != ChannelAxis.LAST;
    return axis != null && axis.isOfChannels(place) && !takesMore;
  }

  private long[] kernel(String weight) {
    int[] shape = constants.has(weight) ? constants.shape(weight) : new int[0];
    return shape.length == 4 ? new long[] {shape[2], shape[3]} : new long[0];
  }

  private Window sliding(Op op, long[] kernel) {
    long[] strides = or(op.numbers("strides"), 1, 1);
    long[] dilations = or(op.numbers("dilations"), 1, 1);
    if (kernel.length != 2 || strides.length != 2 || dilations.length != 2) {
      return null;
    }
    long[] reach = {(kernel[0] - 1) * dilations[0] + 1, (kernel[1] - 1) * dilations[1] + 1};
    long[] padding = padding(op, reach, strides);
    return padding == null || reach[0] != reach[1] || strides[0] != strides[1]
        ? null
        : window(reach[0], strides[0], padding[0], padding[1]);
  }

  /** A window, if all numbers are those of one. */
  private static Window window(long kernel, long stride, long top, long left) {
    boolean isSane =
        top == left
            && Math.min(kernel, stride) > 0
            && top >= 0
            && Math.max(kernel, Math.max(stride, top)) < 1 << 16;
    return isSane ? new Window((int) kernel, (int) stride, (int) top) : null;
  }

  private static long[] or(long[] numbers, long... otherwise) {
    return numbers.length == 0 ? otherwise : numbers;
  }

  /** Rows and columns before the first; null if they aren't known. */
  private long[] padding(Op op, long[] reach, long[] strides) {
    String auto = op.text("auto_pad");
    if (auto.startsWith("SAME")) {
      List<Integer> in = found.tensors().get(op.input(0));
      List<Integer> out = found.tensors().get(op.output());
      if (in == null || out == null || in.size() != 3 || out.size() != 3) {
        return null;
      }
      long[] before = new long[2];
      for (int i = 0; i < 2; i++) {
        long all = Math.max(0, (out.get(i + 1) - 1) * strides[i] + reach[i] - in.get(i + 1));
        before[i] = auto.equals("SAME_UPPER") ? all / 2 : all - all / 2;
      }
      return before;
    }
    long[] pads = auto.equals("VALID") ? new long[4] : or(op.numbers("pads"), 0, 0, 0, 0);
    return pads.length == 4 ? new long[] {pads[0], pads[1]} : null;
  }

  private Window padded(Op op) {
    long[] pads = op.numbers("pads");
    if (pads.length == 0) {
      pads = Arrays.stream(constants.values(op.input(1))).mapToLong(Math::round).toArray();
    }
    ChannelAxis axis = found.axis(op.output());
    return axis != null
            && pads.length == 8
            && pads[0] == 0
            && pads[axis.channels()] == 0
            && op.input(3).isEmpty()
        ? window(1, 1, pads[axis.rows()], pads[axis.rows() + 1])
        : null;
  }
}
