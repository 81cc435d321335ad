package io.fmviz.network.onnx.graph;

import java.util.List;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;

/**
 * What fmviz knows of one operator; all that reads a graph asks here.
 *
 * @param name ONNX's
 * @param layer what a layer of it is called: PyTorch's name where it has one
 * @param passing how it passes its first input on
 * @param reach what of its first input it reads for one value
 * @param inputs what its other inputs are
 * @param each what it makes of each value; null where it makes none by itself
 * @param cutOff from where on its output is zero; null where it is cut off nowhere
 * @param variant what it is where its numbers make it something that has a name of its own; null
 *     where it is always the same
 * @param traits what else is known
 */
public record Operator(
    String name,
    String layer,
    Passing passing,
    Reach reach,
    Inputs inputs,
    Each each,
    CutOff cutOff,
    Variant variant,
    Set<Trait> traits) {
  /** What an operator is besides. */
  public enum Trait {
    /** Moves a weight over its input. */
    CONVOLUTION,
    /** Scales and shifts channels, by numbers that are learned. */
    NORMALIZATION,
    /** Bends each value, between layers that don't. */
    ACTIVATION,
    /** Makes shares of scores. */
    SHARES,
    /** Takes and makes maps that have their channels first, if no attribute says otherwise. */
    CHANNELS_FIRST,
    /** Takes and makes maps that have their channels last. */
    CHANNELS_LAST,
    /** What it makes of maps has their axes, some of another size perhaps. */
    KEEPS_AXES,
    /** Runs graphs that are in it. */
    BODIES,
    /** Its output's size depends on its input's values. */
    VARYING,
    /** Draws numbers, others each time. */
    RANDOM,
    /** Applies the activation that its attribute of this name tells to what it makes. */
    FUSED
  }

  /**
   * Which of an operator's inputs are what, by their places from 0.
   *
   * @param weights where the weight may be with which it multiplies: the first that is a constant
   * @param bias -1 for none
   * @param learned all that are learned, whatever size they have
   * @param operands those that are learned if they have more than one value
   * @param scale of the integers that it makes; what stands for zero comes behind it; -1 for none
   * @param weightScale of the integers of the weight; -1 for none
   * @param weightZero which of these integers stands for zero; -1 for none
   */
  public record Inputs(
      List<Integer> weights,
      int bias,
      Set<Integer> learned,
      Set<Integer> operands,
      int scale,
      int weightScale,
      int weightZero) {}

  /**
   * What an operator makes of each value.
   *
   * @param operands how many values go in, 1 or 2; its other inputs are numbers of its own
   */
  public record Each(int operands, Function function) {
    /** Of one with the numbers that it has in a graph. */
    @FunctionalInterface
    public interface Function {
      /** What it makes of one value, or of two; one takes no notice of the second. */
      DoubleBinaryOperator of(Op op, Constants constants);
    }
  }

  /** Up to which input the output is exactly zero. */
  @FunctionalInterface
  public interface CutOff {
    /** Null where there is no such number. */
    Double of(Op op, Constants constants);
  }

  /** Looks at an operator's numbers. */
  @FunctionalInterface
  public interface Variant {
    /**
     * What it is; null for nothing special.
     *
     * @param maps where the maps that it makes have their channels; null where it makes none
     */
    Operator of(Op op, Constants constants, ChannelAxis maps);
  }

  public boolean is(Trait trait) {
    return traits.contains(trait);
  }
}
