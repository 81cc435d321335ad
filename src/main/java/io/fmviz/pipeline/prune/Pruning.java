package io.fmviz.pipeline.prune;

import io.fmviz.network.torch.ClassifierWidths;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A network without some of its channels: the kernels and biases that make them are taken out, and
 * in the next layer the weights that would read them.
 *
 * <p>Without channels that are zero after ReLU for every image the network computes the same, but
 * for the order of its sums. That holds for zero alone: another constant could not be folded into
 * the next layer's bias, because at the border its kernels read padding, which is zero.
 *
 * @param widths of the smaller network
 * @param weights row by row, under PyTorch's names in forward order
 */
record Pruning(ClassifierWidths widths, Map<String, float[]> weights) {
  /**
   * Prunes.
   *
   * @param weights of the network of these widths, under PyTorch's names in forward order, a
   *     layer's weight before its bias
   * @param kept for each convolution the channels that stay, ascending
   */
  static Pruning of(
      ClassifierWidths widths, Map<String, float[]> weights, List<List<Integer>> kept) {
    // Of each layer with weights what stays of its output; all classes stay.
    List<List<Integer>> outputs = new ArrayList<>(kept);
    outputs.add(all(widths.classes()));
    Map<String, float[]> pruned = new LinkedHashMap<>();
    List<Integer> in = all(widths.input());
    int layer = 0;
    for (Map.Entry<String, long[]> parameter : widths.parameterShapes().entrySet()) {
      long[] shape = parameter.getValue();
      float[] values = weights.get(parameter.getKey());
      List<Integer> out = outputs.get(layer);
      if (shape.length > 1) {
        int columns = Math.toIntExact(shape[1]);
        int cell = values.length / Math.toIntExact(shape[0] * columns);
        pruned.put(parameter.getKey(), taken(values, out, columns, in, cell));
      } else {
        pruned.put(parameter.getKey(), taken(values, out, 1, List.of(0), 1));
        in = out;
        layer++;
      }
    }
    List<Integer> convolutions = kept.stream().map(List::size).toList();
    return new Pruning(widths.withConvolutions(convolutions), pruned);
  }

  /**
   * Some rows and columns of an array {@code (rows, columns, cell)}, a cell being a kernel or one
   * number.
   */
  private static float[] taken(
      float[] values, List<Integer> rows, int columns, List<Integer> keptColumns, int cell) {
    float[] taken = new float[rows.size() * keptColumns.size() * cell];
    int to = 0;
    for (int row : rows) {
      for (int column : keptColumns) {
        System.arraycopy(values, (row * columns + column) * cell, taken, to, cell);
        to += cell;
      }
    }
    return taken;
  }

  private static List<Integer> all(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
