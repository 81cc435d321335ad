package io.fmviz.network.torch;

import io.fmviz.base.Require;
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

  /** The parameters in forward order, named as PyTorch names them, with their shapes. */
  public Map<String, long[]> parameterShapes() {
    return Topology.parameterShapes(this);
  }

  /** The number of weights and biases. */
  public long parameterCount() {
    return parameterShapes().values().stream().mapToLong(Topology::product).sum();
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
