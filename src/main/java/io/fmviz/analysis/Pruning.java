package io.fmviz.analysis;

import io.fmviz.model.ClassifierWidths;
import java.util.Comparator;
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
public record Pruning(ClassifierWidths widths, Map<String, float[]> weights) {
  private static final List<String> CONVOLUTIONS = List.of("net.0", "net.3", "net.6");
  private static final String LINEAR = "fc";

  /**
   * The channels of a convolution that stay, ascending, at least one: those that are active in a
   * share of the images, and if there are none, the one that is active in most of them, of equals
   * the one with the largest value: of dead ones that which comes closest to zero.
   *
   * @param statistics of the convolution's output
   * @param below the share, from 0 to 1; with 0, all but the dead ones stay
   */
  public static List<Integer> kept(ChannelStatistics statistics, double below) {
    List<Integer> dead = statistics.dead();
    List<Integer> almostDead = statistics.almostDead(below);
    List<Integer> kept =
        IntStream.range(0, statistics.channels())
            .filter(c -> !dead.contains(c) && !almostDead.contains(c))
            .boxed()
            .toList();
    return kept.isEmpty() ? List.of(mostActive(statistics)) : kept;
  }

  private static int mostActive(ChannelStatistics statistics) {
    double[] share = statistics.imageShare();
    double[] maximum = statistics.maximum();
    return IntStream.range(0, statistics.channels())
        .boxed()
        .max(
            Comparator.comparingDouble((Integer c) -> share[c])
                .thenComparingDouble(c -> maximum[c]))
        .orElseThrow();
  }

  /**
   * Prunes.
   *
   * @param weights of the network of these widths, under PyTorch's names
   * @param kept for each of the three convolutions the channels that stay, ascending
   */
  public static Pruning of(
      ClassifierWidths widths, Map<String, float[]> weights, List<List<Integer>> kept) {
    Map<String, float[]> pruned = new LinkedHashMap<>();
    int in = widths.input();
    List<Integer> keptIn = all(in);
    for (int i = 0; i < CONVOLUTIONS.size(); i++) {
      put(pruned, weights, CONVOLUTIONS.get(i), kept.get(i), in, keptIn);
      in = weights.get(CONVOLUTIONS.get(i) + ".bias").length;
      keptIn = kept.get(i);
    }
    put(pruned, weights, LINEAR, all(widths.classes()), in, keptIn);
    return new Pruning(
        new ClassifierWidths(
            widths.input(),
            kept.get(0).size(),
            kept.get(1).size(),
            kept.get(2).size(),
            widths.classes()),
        pruned);
  }

  private static void put(
      Map<String, float[]> pruned,
      Map<String, float[]> weights,
      String layer,
      List<Integer> keptOut,
      int in,
      List<Integer> keptIn) {
    float[] weight = weights.get(layer + ".weight");
    float[] bias = weights.get(layer + ".bias");
    int cell = weight.length / (bias.length * in);
    pruned.put(layer + ".weight", taken(weight, keptOut, in, keptIn, cell));
    pruned.put(layer + ".bias", taken(bias, keptOut, 1, List.of(0), 1));
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
