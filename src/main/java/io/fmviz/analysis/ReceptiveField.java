package io.fmviz.analysis;

import io.fmviz.network.Node;
import io.fmviz.network.Window;
import java.util.HashMap;
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
 * Neural Networks", Distill, 2019 (equations 2, 3 and 4), solved from the image upwards. Where ways
 * meet, it is the widest of them, with what another reaches beyond it.
 *
 * @param size of the square's sides, in pixels
 * @param stride how far the square moves from one position to the next, in pixels
 * @param padding how far the first square begins before the image, in pixels
 */
public record ReceptiveField(int size, int stride, int padding) {
  private static final ReceptiveField PIXEL = new ReceptiveField(1, 1, 0);

  /**
   * What a node sees of the image along all of its ways: nothing where that isn't known of a node
   * on the way, or where ways have different strides.
   */
  public static Optional<ReceptiveField> of(Node node) {
    return of(node, new HashMap<>());
  }

  private static Optional<ReceptiveField> of(Node node, Map<Node, Optional<ReceptiveField>> known) {
    Optional<ReceptiveField> field = known.get(node);
    if (field == null) {
      Optional<ReceptiveField> read = Optional.of(PIXEL);
      for (int i = 0; i < node.inputs().size(); i++) {
        Optional<ReceptiveField> way = of(node.inputs().get(i), known);
        read = i == 0 ? way : read.flatMap(r -> way.flatMap(r::with));
      }
      field = read.flatMap(r -> node.window().map(r::under));
      known.put(node, field);
    }
    return field;
  }

  /** What is seen along two ways: the square around both; nothing where they move differently. */
  private Optional<ReceptiveField> with(ReceptiveField other) {
    if (other.stride != stride) {
      return Optional.empty();
    }
    int before = Math.max(padding, other.padding);
    int behind = Math.max(size - padding, other.size - other.padding);
    return Optional.of(new ReceptiveField(before + behind, stride, before));
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
