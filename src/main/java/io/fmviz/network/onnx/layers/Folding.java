package io.fmviz.network.onnx.layers;

import io.fmviz.base.UserException;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import java.util.regex.Pattern;

/**
 * What else a layer's output is: that of the BatchNorm behind a convolution, which PyTorch's
 * exporter computes into the convolution's weights unless told not to, or that of an activation
 * which ONNX Runtime's optimizer made a part of the operator (FusedConv, FusedGemm).
 */
final class Folding {
  private static final String OF_BATCH_NORM =
      "holds the output of the BatchNorm2d that was folded into it";

  /**
   * The exporter names parameters after their modules, {@code layer1.0.conv1.weight}, but values
   * that it has computed itself after who reads them, {@code onnx::Conv_193}. Weights that a
   * program computes, weight_norm's say, are called so too, yet their bias keeps its module's name.
   * So it is a folded BatchNorm where both weight and bias are called so: what else computes both
   * is not known. (Biases that are equal, as of untrained networks, are one, passed on by
   * Identity.)
   */
  private static final Pattern COMPUTED = Pattern.compile("onnx::Conv(Transpose)?_\\d+");

  private Folding() {}

  /** What a layer holds besides its own output, a clause; null for nothing. */
  static String note(Op op, Constants constants) {
    String activation = activation(op);
    if (activation != null) {
      return "holds the output of the %s that was fused into it"
          .formatted(UserException.oneLine(activation));
    }
    return isOfBatchNorm(op, constants) ? OF_BATCH_NORM : null;
  }

  /** ONNX's name of the activation that is a part of an operator; null for none. */
  static String activation(Op op) {
    String name = op.operator().is(Operator.Trait.FUSED) ? op.text("activation") : "";
    return name.isEmpty() ? null : name;
  }

  private static boolean isOfBatchNorm(Op op, Constants constants) {
    Operator.Inputs inputs = op.operator().inputs();
    return op.operator().is(Operator.Trait.CONVOLUTION)
        && inputs.bias() > 0
        && isComputed(op.input(inputs.weights().get(0)), constants)
        && isComputed(op.input(inputs.bias()), constants);
  }

  private static boolean isComputed(String tensor, Constants constants) {
    return constants.has(tensor)
        && COMPUTED.matcher(tensor).matches()
        && COMPUTED.matcher(constants.initializer(tensor).getName()).matches();
  }
}
