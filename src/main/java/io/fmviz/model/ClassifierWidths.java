package io.fmviz.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How wide the classifier is: everything that tells one such network from another.
 *
 * @param input channels of the input images
 * @param conv1 channels of the first convolution's output
 * @param conv2 channels of the second convolution's output
 * @param conv3 channels of the third convolution's output
 * @param classes logits
 */
public record ClassifierWidths(int input, int conv1, int conv2, int conv3, int classes) {
  /** The rows and columns of every convolution's kernel. */
  static final int KERNEL = 3;

  /** The widest layer that is taken: keeps every product of sizes far from overflow. */
  private static final int MAX = 16_384;

  public ClassifierWidths {
    for (int width : List.of(input, conv1, conv2, conv3, classes)) {
      if (width < 1 || width > MAX) {
        throw new IllegalArgumentException(
            "a layer of %d channels is not between 1 and %d".formatted(width, MAX));
      }
    }
  }

  /** Grey input, ten classes, and base, 2 base and 4 base channels. */
  public static ClassifierWidths ofBase(int base) {
    return new ClassifierWidths(1, base, 2 * base, 4 * base, 10);
  }

  /**
   * The parameters in forward order, named as PyTorch names them, with their shapes: {@code (out,
   * in, 3, 3)} for a convolution's weight, {@code (classes, conv3)} for the linear layer's.
   */
  public Map<String, long[]> parameterShapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    putConvolution(shapes, "net.0", input, conv1);
    putConvolution(shapes, "net.3", conv1, conv2);
    putConvolution(shapes, "net.6", conv2, conv3);
    shapes.put("fc.weight", new long[] {classes, conv3});
    shapes.put("fc.bias", new long[] {classes});
    return shapes;
  }

  private static void putConvolution(Map<String, long[]> shapes, String name, int in, int out) {
    shapes.put(name + ".weight", new long[] {out, in, KERNEL, KERNEL});
    shapes.put(name + ".bias", new long[] {out});
  }

  /** The number of weights and biases. */
  public long parameterCount() {
    return parameterShapes().values().stream().mapToLong(ClassifierWidths::product).sum();
  }

  static long product(long[] shape) {
    long product = 1;
    for (long dimension : shape) {
      product *= dimension;
    }
    return product;
  }
}
