package io.fmviz.network.onnx.layers;

import io.fmviz.network.Kernel;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import java.util.Arrays;

/** The weights of convolutions in real numbers, those of integers by their scale. */
record ConvolutionWeights(Graph graph, Constants constants) {
  /** Whether a convolution has a weight of four sides whose numbers are known. */
  boolean isKnown(Op op) {
    String weight = weight(op);
    return constants.has(weight)
        && constants.shape(weight).length == 4
        && (constants.isReal(weight) || scale(op) != null);
  }

  /** The weight of a convolution of which it is known. */
  Kernel of(Op op) {
    String weight = weight(op);
    if (constants.isReal(weight)) {
      return new Kernel(constants.shape(weight), constants.floats(weight));
    }
    int[] shape = constants.shape(weight);
    double[] reals = Constants.scaled(constants.values(weight), shape, scale(op));
    float[] floats = new float[reals.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) reals[i];
    }
    return new Kernel(shape, floats);
  }

  private static String weight(Op op) {
    return op.input(op.operator().inputs().weights().get(0));
  }

  /**
   * The scale of a weight of integers, one for all or one for each output channel; null for none.
   */
  private Constants.Scale scale(Op op) {
    Operator.Inputs inputs = op.operator().inputs();
    double[] scales =
        inputs.weightScale() < 0 ? behind(op) : constants.values(op.input(inputs.weightScale()));
    String zero = inputs.weightZero() < 0 ? "" : op.input(inputs.weightZero());
    if (inputs.weightZero() < 0 || scales.length == 0 || !(zero.isEmpty() || constants.has(zero))) {
      return null;
    }
    int channels = constants.shape(weight(op))[0];
    double[] zeros = zero.isEmpty() ? new double[1] : constants.values(zero);
    if (!(scales.length == 1 || scales.length == channels)
        || !(zeros.length == 1 || zeros.length == channels)) {
      return null;
    }
    return new Constants.Scale(each(scales, channels), each(zeros, channels), 0, 0);
  }

  private static double[] each(double[] values, int channels) {
    double[] all = Arrays.copyOf(values, channels);
    if (values.length == 1) {
      Arrays.fill(all, values[0]);
    }
    return all;
  }

  /**
   * The scale by which the sums of ConvInteger are multiplied behind a Cast: as it stands, or as
   * the constant by which that of the images is multiplied (ONNX Runtime's quantize_dynamic).
   */
  private double[] behind(Op op) {
    Op cast = graph.onlyReader(op.output());
    Op product = cast != null && cast.is("Cast") ? graph.onlyReader(cast.output()) : null;
    if (product == null || !product.is("Mul")) {
      return new double[0];
    }
    String factor = other(product, cast.output());
    if (constants.has(factor)) {
      return ofWeightAlone(op, constants.values(factor));
    }
    Op scales = graph.maker(factor);
    if (scales == null || !scales.is("Mul")) {
      return new double[0];
    }
    String constant = constants.has(scales.input(0)) ? scales.input(0) : scales.input(1);
    return constants.values(constant);
  }

  /**
   * A constant factor is the weight's scale times the images', where these were quantized by one.
   */
  private double[] ofWeightAlone(Op op, double[] factors) {
    Op images = graph.maker(op.input(0));
    boolean isQuantized = images != null && images.is("QuantizeLinear");
    Double scale = isQuantized ? constants.scalar(images.input(1)) : Double.valueOf(1);
    return scale == null || scale == 0
        ? new double[0]
        : Arrays.stream(factors).map(factor -> factor / scale).toArray();
  }

  private static String other(Op op, String tensor) {
    return op.input(op.input(0).equals(tensor) ? 1 : 0);
  }
}
