package io.fmviz.network.torch;

import static io.fmviz.base.MalformedException.verify;

import io.fmviz.base.Exact;
import io.fmviz.base.MalformedException;
import io.fmviz.base.Numbers;
import io.fmviz.tensor.StoredTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A classifier's topology, and how wide it is: everything that tells one untrained network from
 * another.
 *
 * @param input channels of the input images
 * @param convolutions channels of each convolution's output, in forward order
 * @param classes logits
 */
public record ClassifierWidths(
    Topology topology, int input, List<Integer> convolutions, int classes) {
  /** The widest layer that is taken: keeps every product of sizes far from overflow. */
  private static final int MAX = 16_384;

  public ClassifierWidths {
    convolutions = List.copyOf(convolutions);
    int expected = topology.convolutions().size();
    if (convolutions.size() != expected) {
      throw new IllegalArgumentException(
          "%s where %d belong"
              .formatted(Numbers.count(convolutions.size(), "convolution"), expected));
    }
    for (int width : all(input, convolutions, classes).toList()) {
      if (width < 1 || width > MAX) {
        throw new IllegalArgumentException(
            "a layer has %s, which is not between 1 and %d"
                .formatted(Numbers.count(width, "channel"), MAX));
      }
    }
  }

  /**
   * The widths that a file's tensors have.
   *
   * @param tensors the parameters by their names
   * @throws MalformedException if that can't be told, or no network has them
   */
  static ClassifierWidths of(Topology topology, Map<String, ? extends StoredTensor> tensors) {
    int input = 0;
    List<Integer> convolutions = new ArrayList<>();
    try {
      for (ClassifierLayer convolution : topology.convolutions()) {
        long[] shape = shape(tensors, convolution.weight(), 4);
        input = convolutions.isEmpty() ? Math.toIntExact(shape[1]) : input;
        convolutions.add(Math.toIntExact(shape[0]));
      }
      long[] linear = shape(tensors, topology.linear().weight(), 2);
      return new ClassifierWidths(topology, input, convolutions, Math.toIntExact(linear[0]));
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
        "the tensor %s has the shape %s, not one of %s",
        name,
        Arrays.toString(tensor.shape()),
        Numbers.count(rank, "dimension"));
    return tensor.shape();
  }

  /** The same network with fewer channels, or more. */
  public ClassifierWidths withConvolutions(List<Integer> others) {
    return new ClassifierWidths(topology, input, others, classes);
  }

  /** The channels of the first convolution, which {@link Topology#ofBase} takes. */
  public int base() {
    return convolutions.get(0);
  }

  /** Channels and classes of each layer with parameters, in forward order. */
  Stream<Integer> outputs() {
    return Stream.concat(convolutions.stream(), Stream.of(classes));
  }

  /** The parameters in forward order, named as PyTorch names them, with their shapes. */
  public Map<String, long[]> parameterShapes() {
    return topology.parameterShapes(this);
  }

  /** The number of weights and biases. */
  public long parameterCount() {
    return parameterShapes().values().stream().mapToLong(Exact::product).sum();
  }

  /** From input to classes, with commas: {@code 1,32,64,128,10}. */
  @Override
  public String toString() {
    return Stream.concat(Stream.of(input), outputs())
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }

  private static Stream<Integer> all(int input, List<Integer> convolutions, int classes) {
    return Stream.of(Stream.of(input), convolutions.stream(), Stream.of(classes))
        .flatMap(widths -> widths);
  }
}
