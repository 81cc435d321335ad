package io.fmviz.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The classifier's layers with the shapes and sizes that torchsummary reports, computed from the
 * widths alone. Sizes are in MiB of float32.
 *
 * @param inputMegabytes of one image
 * @param forwardBackwardMegabytes of every layer's output and its gradient
 * @param parameterMegabytes of the weights and biases
 */
public record LayerTable(
    List<Row> layers,
    long parameters,
    double inputMegabytes,
    double forwardBackwardMegabytes,
    double parameterMegabytes) {

  /**
   * One layer.
   *
   * @param name type and index among its type, {@code Conv2d_2}
   * @param path as PyTorch names it, {@code net.3}
   * @param outputShape of one image, without the batch: {@code (channel, height, width)}, or {@code
   *     (classes)} for logits
   */
  public record Row(
      String name, String type, String path, List<Long> outputShape, long parameters) {}

  /** The table for images of a given size. */
  public static LayerTable of(ClassifierWidths w, int height, int width) {
    List<Row> rows = new ArrayList<>();
    int h = height;
    int wide = width;
    int in = w.input();
    int[] channels = {w.conv1(), w.conv2(), w.conv3()};
    for (int i = 0; i < channels.length; i++) {
      int out = channels[i];
      long parameters = (long) out * in * ClassifierWidths.KERNEL * ClassifierWidths.KERNEL + out;
      rows.add(row("Conv2d", i + 1, 3 * i, parameters, out, h, wide));
      rows.add(row("ReLU", i + 1, 3 * i + 1, 0, out, h, wide));
      if (i < 2) {
        h /= 2;
        wide /= 2;
        rows.add(row("MaxPool2d", i + 1, 3 * i + 2, 0, out, h, wide));
      }
      in = out;
    }
    rows.add(row("AdaptiveAvgPool2d", 1, 8, 0, in, 1, 1));
    long linear = (long) w.classes() * in + w.classes();
    rows.add(new Row("Linear_1", "Linear", "fc", List.of((long) w.classes()), linear));
    long outputs = rows.stream().mapToLong(r -> product(r.outputShape())).sum();
    return new LayerTable(
        List.copyOf(rows),
        w.parameterCount(),
        megabytes((long) w.input() * height * width),
        megabytes(2 * outputs),
        megabytes(w.parameterCount()));
  }

  private static Row row(String type, int index, int position, long parameters, long... shape) {
    List<Long> dimensions = new ArrayList<>();
    for (long dimension : shape) {
      dimensions.add(dimension);
    }
    return new Row(
        type + "_" + index, type, "net." + position, List.copyOf(dimensions), parameters);
  }

  /** What training needs at the least for one image. */
  public double totalMegabytes() {
    return inputMegabytes + forwardBackwardMegabytes + parameterMegabytes;
  }

  /**
   * The floating-point operations of one image's forward pass, a multiply-add counted as 2: a layer
   * with weights uses each of them once for every position of its output, so that a convolution
   * takes {@code 2 * height * width * out * in * 3 * 3} and the linear layer {@code 2 * classes *
   * in}. Biases, ReLU and pooling are left out, as is usual.
   */
  public long flops() {
    long flops = 0;
    for (Row row : layers) {
      long positions = product(row.outputShape()) / row.outputShape().get(0);
      long biases = row.parameters() == 0 ? 0 : row.outputShape().get(0);
      flops += 2 * positions * (row.parameters() - biases);
    }
    return flops;
  }

  private static long product(List<Long> shape) {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  private static double megabytes(long floats) {
    return floats * (double) Float.BYTES / (1 << 20);
  }
}
