package io.fmviz.network.onnx.gradient;

import io.fmviz.network.onnx.graph.Op;
import java.util.Map;

/** Rules of Resize and Upsample: along each axis a matrix, nearest and linear. */
final class Resizing {
  private Resizing() {}

  static void addTo(Map<String, Rule> rules) {
    rules.put("Resize", Resizing::resized);
    rules.put("Upsample", Resizing::resized);
  }

  private static void resized(Op op, String g, Backward to) {
    String mode = op.has("mode") ? op.text("mode") : "nearest";
    boolean isLinear = mode.equals("linear") || mode.equals("bilinear");
    if (!isLinear && !mode.equals("nearest")) {
      throw new NoRuleException("has mode " + mode);
    }
    if (op.number("antialias", 0) != 0) {
      throw new NoRuleException("has antialias");
    }
    // Before version 11 places are counted from the pixels' corners, and rounded down.
    boolean isOld = op.is("Upsample") || to.operatorSet() < 11;
    String places =
        isOld
            ? "asymmetric"
            : op.has("coordinate_transformation_mode")
                ? op.text("coordinate_transformation_mode")
                : "half_pixel";
    String rounding =
        isOld ? "floor" : op.has("nearest_mode") ? op.text("nearest_mode") : "round_prefer_floor";
    long[] in = to.shape(op.input(0));
    long[] shape = to.shape(op.output()).clone();
    double[] scales = scales(op, to, in, shape);
    String gradient = g;
    for (int axis = 0; axis < in.length; axis++) {
      if (shape[axis] == in[axis] && scales[axis] == 1) {
        continue;
      }
      float[][] rows = new float[(int) shape[axis]][(int) in[axis]];
      for (int i = 0; i < rows.length; i++) {
        double x = place(places, i, scales[axis], in[axis], shape[axis]);
        fill(rows[i], isLinear, rounding, x);
      }
      gradient = to.times(gradient, shape, axis, rows);
      shape[axis] = in[axis];
    }
    to.give(op.input(0), gradient);
  }

  /** As they are given, or as the sizes say. */
  private static double[] scales(Op op, Backward to, long[] in, long[] out) {
    double[] scales = new double[in.length];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = (double) out[i] / in[i];
    }
    if (op.has("axes") || op.has("keep_aspect_ratio_policy")) {
      throw new NoRuleException("resizes axes by name");
    }
    int input = op.is("Upsample") || to.operatorSet() < 11 ? 1 : 2;
    if (op.has("scales")) {
      throw new NoRuleException("is of version 7");
    }
    String given = op.input(input);
    double[] known = given.isEmpty() ? new double[0] : to.known(given);
    return known.length == scales.length ? known : scales;
  }

  private static double place(String mode, int i, double scale, long in, long out) {
    return switch (mode) {
      case "half_pixel" -> (i + 0.5) / scale - 0.5;
      case "pytorch_half_pixel" -> out > 1 ? (i + 0.5) / scale - 0.5 : 0;
      case "asymmetric" -> i / scale;
      case "align_corners" -> out == 1 ? 0 : (double) i * (in - 1) / (out - 1);
      default -> throw new NoRuleException("has coordinates " + mode);
    };
  }

  private static void fill(float[] row, boolean isLinear, String rounding, double x) {
    int last = row.length - 1;
    if (!isLinear) {
      row[(int) Math.max(0, Math.min(last, nearest(rounding, (float) x)))] = 1;
      return;
    }
    double inside = Math.max(0, Math.min(last, x));
    int left = (int) inside;
    float share = (float) (inside - left);
    row[left] += 1 - share;
    row[Math.min(last, left + 1)] += share;
  }

  private static long nearest(String rounding, float x) {
    return switch (rounding) {
      case "floor" -> (long) Math.floor(x);
      case "ceil" -> (long) Math.ceil(x);
      case "round_prefer_ceil" -> (long) Math.floor(x + 0.5f);
      case "round_prefer_floor" -> (long) Math.ceil(x - 0.5f);
      default -> throw new NoRuleException("has nearest_mode " + rounding);
    };
  }
}
