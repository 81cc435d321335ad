package io.fmviz.analysis;

import io.fmviz.network.Node;
import io.fmviz.network.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which pixels of the image one position of a layer depends on: a square of {@code size} by {@code
 * size} pixels, for the position {@code (row, column)} from pixel {@code (row stride - padding,
 * column stride - padding)} on, both counted from 0. It may reach beyond the image, where the
 * network sees zeros.
 *
 * <p>A layer of kernel k, stride s and padding p on top of one with size r, stride S and padding P
 * has the size r + (k - 1) S, the stride s S and the padding P + p S; the image itself has 1, 1 and
 * 0. This is the recurrence of Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional
 * Neural Networks", Distill, 2019 (equations 2, 3 and 4), solved from the image upwards.
 *
 * @param size of the square's sides, in pixels
 * @param stride how far the square moves from one position to the next, in pixels
 * @param padding how far the first square begins before the image, in pixels
 */
public record ReceptiveField(int size, int stride, int padding) {
  private static final ReceptiveField PIXEL = new ReceptiveField(1, 1, 0);

  /**
   * What a node sees of the image: nothing where that isn't known of a node on the way, or where
   * its ways to the image do not agree.
   */
  public static Optional<ReceptiveField> of(Node node) {
    return of(node, new HashMap<>());
  }

  private static Optional<ReceptiveField> of(Node node, Map<Node, Optional<ReceptiveField>> known) {
    Optional<ReceptiveField> field = known.get(node);
    if (field == null) {
      List<Optional<ReceptiveField>> below =
          node.inputs().stream().map(input -> of(input, known)).distinct().toList();
      Optional<ReceptiveField> read =
          below.isEmpty()
              ? Optional.of(PIXEL)
              : below.size() == 1 ? below.get(0) : Optional.empty();
      field = read.flatMap(r -> node.window().map(r::under));
      known.put(node, field);
    }
    return field;
  }

  private ReceptiveField under(Window window) {
    return new ReceptiveField(
        size + (window.kernel() - 1) * stride,
        stride * window.stride(),
        padding + window.padding() * stride);
  }

  /** The first row, or column, of the square of a row, or column, of the layer. */
  public int start(int position) {
    return position * stride - padding;
  }
}
