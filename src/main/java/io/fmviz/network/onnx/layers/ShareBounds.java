package io.fmviz.network.onnx.layers;

import io.fmviz.base.Exact;
import io.fmviz.network.onnx.graph.Constants;
import io.fmviz.network.onnx.graph.Graph;
import io.fmviz.network.onnx.graph.Op;
import io.fmviz.network.onnx.graph.Operator;
import io.fmviz.network.onnx.graph.Passing;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How large values can be that are not below zero, and their sum over an image, as far as that
 * follows from how a graph makes them: what ends in probabilities, means of several or parts of
 * them, is known as such.
 */
final class ShareBounds {
  /** Larger constants are no one number, and no choice of classes. */
  private static final int MOST_PLACES = 1 << 16;

  private static final int MOST_STEPS = 100;
  private static final Bounds UNKNOWN =
      new Bounds(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  private final Graph graph;
  private final ShapeInference.Tensors found;
  private final Constants constants;
  private final SoftmaxForms forms;
  private final Map<String, Bounds> known = new HashMap<>();

  /**
   * Bounds of a tensor's values, none of which is below zero.
   *
   * @param most of one value; infinite where it isn't known
   * @param sum of all of an image's; infinite where it isn't known
   */
  record Bounds(double most, double sum) {
    private static final double ROUNDING = 1e-6;

    /** Whether each value is a probability. */
    boolean areProbabilities() {
      return most <= 1 + ROUNDING;
    }

    /** Whether they are those of classes of which one holds. */
    boolean areShares() {
      return areProbabilities() && sum <= 1 + ROUNDING;
    }

    Bounds times(double factor) {
      return factor >= 0 ? new Bounds(most * factor, sum * factor) : UNKNOWN;
    }

    Bounds plus(Bounds other) {
      return new Bounds(most + other.most, sum + other.sum);
    }
  }

  ShareBounds(Graph graph, ShapeInference.Tensors found, Constants constants, SoftmaxForms forms) {
    this.graph = graph;
    this.found = found;
    this.constants = constants;
    this.forms = forms;
  }

  Bounds of(String tensor) {
    return of(tensor, 0);
  }

  private Bounds of(String tensor, int steps) {
    Op maker = graph.maker(tensor);
    if (maker == null || steps > MOST_STEPS) {
      return UNKNOWN;
    }
    Bounds before = known.get(tensor);
    if (before == null) {
      before = made(maker, steps + 1);
      known.put(tensor, before);
    }
    return before;
  }

  private Bounds made(Op op, int steps) {
    Bounds shares = shares(op);
    if (shares != null) {
      return shares;
    }
    Passing passing = op.operator().passing();
    if (passing.keepsOrder()
        || passing == Passing.MOVED
        || passing == Passing.SCALED
        || op.is("QuantizeLinear")
        || op.is("Slice")
        || op.is("Split")) {
      return of(op.input(0), steps);
    }
    if (passing == Passing.BOUNDED && op.is("Clip")) {
      return clipped(op, of(op.input(0), steps));
    }
    if (op.is("Gather")) {
      Bounds all = of(op.input(0), steps);
      return isEachOnce(op.input(1)) ? all : new Bounds(all.most(), Double.POSITIVE_INFINITY);
    }
    if (op.is("ReduceMean") || op.is("GlobalAveragePool")) {
      Bounds all = of(op.input(0), steps);
      return new Bounds(all.most(), all.sum() * size(op.output()) / size(op.input(0)));
    }
    return combined(op, steps);
  }

  /** Whether places that are taken are constant, and none is taken twice. */
  private boolean isEachOnce(String places) {
    if (!constants.has(places) || constants.size(places) > MOST_PLACES) {
      return false;
    }
    double[] values = constants.values(places);
    return Arrays.stream(values).distinct().count() == values.length;
  }

  /** Of a Softmax or Sigmoid, in whatever form. */
  private Bounds shares(Op op) {
    if (op.operator().is(Operator.Trait.SHARES) && !op.is("LogSoftmax")) {
      return new Bounds(1, forms.rows(op));
    }
    if (forms.softmax(op) != null) {
      return new Bounds(1, 1);
    }
    boolean isQuantized =
        op.type().equals("QLinearSigmoid") && op.proto().getDomain().equals("com.microsoft");
    return forms.sigmoid(op) != null || op.is("HardSigmoid") || isQuantized
        ? new Bounds(1, Double.POSITIVE_INFINITY)
        : null;
  }

  private double size(String tensor) {
    List<Integer> shape = found.tensors().get(tensor);
    return shape == null ? Double.NaN : Exact.product(shape);
  }

  private Bounds clipped(Op op, Bounds before) {
    double least = op.has("min") ? op.real("min", 0) : number(op.input(1), Double.NaN);
    double most = op.has("max") ? op.real("max", 1) : number(op.input(2), Double.NaN);
    if (Double.isFinite(before.most())) {
      return least > 0
          ? new Bounds(Math.max(least, before.most()), Double.POSITIVE_INFINITY)
          : before;
    }
    return least >= 0 && most > 0 ? new Bounds(most, Double.POSITIVE_INFINITY) : UNKNOWN;
  }

  private Bounds combined(Op op, int steps) {
    List<String> inputs = op.inputs();
    if (op.is("Concat")) {
      return concatenated(op, steps);
    }
    if (op.is("Sub")) {
      boolean isRest = number(op.input(0), 0) == 1 && of(op.input(1), steps).areProbabilities();
      return isRest ? new Bounds(1, Double.POSITIVE_INFINITY) : UNKNOWN;
    }
    if (op.is("Div")) {
      double divisor = number(op.input(1), 0);
      return divisor > 0 ? of(op.input(0), steps).times(1 / divisor) : UNKNOWN;
    }
    if (op.is("Mul")) {
      return product(op, steps);
    }
    if (op.is("Add") || op.is("Sum") || op.is("Mean")) {
      Bounds sum = new Bounds(0, 0);
      for (String input : inputs) {
        sum = sum.plus(of(input, steps));
      }
      return op.is("Mean") ? sum.times(1.0 / inputs.size()) : sum;
    }
    return UNKNOWN;
  }

  private Bounds product(Op op, int steps) {
    for (int place = 0; place < 2; place++) {
      double factor = number(op.input(place), Double.NaN);
      if (!Double.isNaN(factor)) {
        return of(op.input(1 - place), steps).times(factor);
      }
    }
    Bounds one = of(op.input(0), steps);
    Bounds other = of(op.input(1), steps);
    boolean areKnown = Double.isFinite(one.most()) && Double.isFinite(other.most());
    return areKnown
        ? new Bounds(
            one.most() * other.most(), Math.min(one.sum() * other.most(), other.sum() * one.most()))
        : UNKNOWN;
  }

  private Bounds concatenated(Op op, int steps) {
    List<String> inputs = op.inputs();
    if (inputs.size() == 2
        && (isRest(inputs.get(0), inputs.get(1)) || isRest(inputs.get(1), inputs.get(0)))) {
      if (!of(inputs.get(0), steps).areProbabilities()) {
        return UNKNOWN;
      }
      return new Bounds(1, size(inputs.get(0)) == 1 ? 1 : Double.POSITIVE_INFINITY);
    }
    double most = 0;
    double sum = 0;
    for (String input : inputs) {
      Bounds part = of(input, steps);
      most = Math.max(most, part.most());
      sum += part.sum();
    }
    return new Bounds(most, sum);
  }

  /** Whether one is what another probability leaves: {@code 1 - p}. */
  private boolean isRest(String rest, String share) {
    Op maker = graph.maker(rest);
    return maker != null
        && maker.is("Sub")
        && number(maker.input(0), 0) == 1
        && maker.input(1).equals(share);
  }

  /** The one number of a constant; another where it is none, or has others. */
  private double number(String tensor, double otherwise) {
    if (tensor.isEmpty() || !constants.has(tensor) || constants.size(tensor) > MOST_PLACES) {
      return otherwise;
    }
    double[] values = constants.values(tensor);
    return values.length > 0 && Arrays.stream(values).allMatch(value -> value == values[0])
        ? values[0]
        : otherwise;
  }
}
