package io.fmviz.network.onnx.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Builds an operator's record; what isn't said isn't so. */
final class OperatorBuilder {
  private final String name;
  private String layer;
  private Passing passing = Passing.NOTHING;
  private Reach reach = Reach.UNKNOWN;
  private List<Integer> weights = List.of();
  private int bias = -1;
  private final Set<Integer> learned = new HashSet<>();
  private Set<Integer> operands = Set.of();
  private int scale = -1;
  private int weightScale = -1;
  private int weightZero = -1;
  private Operator.Each each;
  private Operator.CutOff cutOff;
  private Operator.Variant variant;
  private Set<Operator.Trait> traits = Set.of();

  private OperatorBuilder(String name) {
    this.name = name;
    this.layer = name;
  }

  static OperatorBuilder op(String name) {
    return new OperatorBuilder(name);
  }

  /** One that is what several operators can be together. */
  static OperatorBuilder op(String name, Operator pattern) {
    OperatorBuilder builder =
        op(name).as(pattern.layer()).passing(pattern.passing()).reach(pattern.reach());
    builder.cutOff = pattern.cutOff();
    builder.traits = pattern.traits();
    return builder;
  }

  /** PyTorch's name. */
  OperatorBuilder as(String pyTorch) {
    layer = pyTorch;
    return this;
  }

  OperatorBuilder passing(Passing how) {
    passing = how;
    return this;
  }

  OperatorBuilder reach(Reach what) {
    reach = what;
    return this;
  }

  /** It multiplies by a weight, which is the first constant among some inputs. */
  OperatorBuilder weight(Integer... places) {
    weights = List.of(places);
    return learned(places);
  }

  OperatorBuilder bias(int place) {
    bias = place;
    return learned(place);
  }

  OperatorBuilder learned(Integer... places) {
    learned.addAll(List.of(places));
    return this;
  }

  /** It computes with two tensors, one of which may be learned. */
  OperatorBuilder operands() {
    operands = Set.of(0, 1);
    return this;
  }

  /** It makes integers. */
  OperatorBuilder scale(int place) {
    scale = place;
    return this;
  }

  /** Its weight may be of integers, with a scale (-1 for none) and one that stands for zero. */
  OperatorBuilder ofIntegers(int scalePlace, int zeroPlace) {
    weightScale = scalePlace;
    weightZero = zeroPlace;
    return this;
  }

  OperatorBuilder each(DoubleUnaryOperator function) {
    return each(1, (op, constants) -> (a, b) -> function.applyAsDouble(a));
  }

  OperatorBuilder each(DoubleBinaryOperator function) {
    return each(2, (op, constants) -> function);
  }

  OperatorBuilder each(int count, Operator.Each.Function function) {
    each = new Operator.Each(count, function);
    return this;
  }

  OperatorBuilder zeroUpTo(double threshold) {
    return zeroUpTo((op, constants) -> threshold);
  }

  OperatorBuilder zeroUpTo(Operator.CutOff from) {
    cutOff = from;
    return this;
  }

  OperatorBuilder or(Operator.Variant other) {
    variant = other;
    return this;
  }

  OperatorBuilder is(Operator.Trait... all) {
    traits = Set.of(all);
    return this;
  }

  Operator made() {
    Operator.Inputs inputs =
        new Operator.Inputs(
            weights, bias, Set.copyOf(learned), operands, scale, weightScale, weightZero);
    return new Operator(name, layer, passing, reach, inputs, each, cutOff, variant, traits);
  }
}
