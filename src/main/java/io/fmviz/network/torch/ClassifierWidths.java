package io.fmviz.network.torch;

import static io.fmviz.base.MalformedException.verify;

import io.fmviz.base.Exact;
import io.fmviz.base.MalformedException;
import io.fmviz.base.Require;
import io.fmviz.tensor.StoredTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How wide the classifier is: everything that tells one such network from another.
 *
 * @param input channels of the input images
 * @param convolutions channels of each convolution's output, in forward order
 * @param classes logits
 */
public record ClassifierWidths(int input, List<Integer> convolutions, int classes) {
  /** The widest layer that is taken: keeps every product of sizes far from overflow. */
  private static final int MAX = 16_384;

  private static final int MAX_BASE = 1024;

  public ClassifierWidths {
    convolutions = List.copyOf(convolutions);
    int expected = Topology.convolutions().size();
    if (convolutions.size() != expected) {
      throw new IllegalArgumentException(
          "%d convolutions are not %d".formatted(convolutions.size(), expected));
    }
    for (int width : all(input, convolutions, classes).toList()) {
      if (width < 1 || width > MAX) {
        throw new IllegalArgumentException(
            "a layer of %d channels is not between 1 and %d".formatted(width, MAX));
      }
    }
  }

  /** Refuses what can't be the channels of the first convolution. */
  public static void requireBase(int baseChannels) {
    Require.within(1, MAX_BASE, baseChannels, "baseChannels");
  }

  /** Grey input, ten classes, and base, 2 base and 4 base channels. */
  public static ClassifierWidths ofBase(int base) {
    int count = Topology.convolutions().size();
    return new ClassifierWidths(
        1, IntStream.range(0, count).map(i -> base << i).boxed().toList(), 10);
  }

  /**
   * The widths that a file's tensors have.
   *
   * @param tensors the parameters by their names
   * @throws MalformedException if that can't be told, or no network has them
   */
  static ClassifierWidths of(Map<String, ? extends StoredTensor> tensors) {
    int input = 0;
    List<Integer> convolutions = new ArrayList<>();
    try {
      for (Topology.Layer convolution : Topology.convolutions()) {
        long[] shape = shape(tensors, convolution.weight(), 4);
        input = convolutions.isEmpty() ? Math.toIntExact(shape[1]) : input;
        convolutions.add(Math.toIntExact(shape[0]));
      }
      long[] linear = shape(tensors, Topology.linear().weight(), 2);
      return new ClassifierWidths(input, convolutions, Math.toIntExact(linear[0]));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedException(e.getMessage(), e);
    }
  }

  private static long[] shape(Map<String, ? extends StoredTensor> tensors, String name, int rank) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw Candidate.missing(name);
    }
    verify(
        tensor.shape().length == rank,
        "the tensor %s has the shape %s, not one of %d dimensions",
        name,
        Arrays.toString(tensor.shape()),
        rank);
    return tensor.shape();
  }

  /** The parameters in forward order, named as PyTorch names them, with their shapes. */
  public Map<String, long[]> parameterShapes() {
    return Topology.parameterShapes(this);
  }

  /** The number of weights and biases. */
  public long parameterCount() {
    return parameterShapes().values().stream().mapToLong(Exact::product).sum();
  }

  /** From input to classes, with commas: {@code 1,32,64,128,10}. */
  @Override
  public String toString() {
    return all(input, convolutions, classes).map(String::valueOf).collect(Collectors.joining(","));
  }

  private static Stream<Integer> all(int input, List<Integer> convolutions, int classes) {
    return Stream.of(Stream.of(input), convolutions.stream(), Stream.of(classes))
        .flatMap(widths -> widths);
  }
}
