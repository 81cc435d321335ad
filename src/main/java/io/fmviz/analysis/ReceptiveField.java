package io.fmviz.analysis;

import io.fmviz.network.Node;
import io.fmviz.network.Window;
import java.util.ArrayDeque;
import java.util.Deque;
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
 * Neural Networks", Distill, 2019 (equations 2, 3 and 4), solved from the image upwards. Where ways
 * meet, it is the widest of them, with what another reaches beyond it.
 *
 * @param size of the square's sides, in pixels
 * @param stride how far the square moves from one position to the next, in pixels
 * @param padding how far the first square begins before the image, in pixels
 */
public record ReceptiveField(int size, int stride, int padding) {
  /** Of a square: more pixels than any image has in a row, so that none of the sums overflows. */
  private static final int LARGEST = 1 << 28;

  private static final ReceptiveField PIXEL = new ReceptiveField(1, 1, 0);

  /**
   * What a node sees of the image along all of its ways: nothing where that isn't known of a node
   * on the way, where ways have different strides, or where it is larger than any image.
   */
  public static Optional<ReceptiveField> of(Node node) {
    Map<Node, Optional<ReceptiveField>> known = new HashMap<>();
    Deque<Node> left = new ArrayDeque<>(List.of(node));
    while (!left.isEmpty()) {
      Node next = left.peek();
      List<Node> before =
          next.inputs().stream().filter(input -> !known.containsKey(input)).toList();
      if (before.isEmpty()) {
        known.put(left.pop(), behind(next, known));
      } else {
        before.forEach(left::push);
      }
    }
    return known.get(node);
  }

  /** Of a node whose inputs are known. */
  private static Optional<ReceptiveField> behind(
      Node node, Map<Node, Optional<ReceptiveField>> known) {
    Optional<ReceptiveField> read = Optional.of(PIXEL);
    for (int i = 0; i < node.inputs().size(); i++) {
      Optional<ReceptiveField> way = known.get(node.inputs().get(i));
      read = i == 0 ? way : read.flatMap(r -> way.flatMap(r::with));
    }
    return read.flatMap(r -> node.window().flatMap(r::under));
  }

  /** What is seen along two ways: the square around both; nothing where they move differently. */
  private Optional<ReceptiveField> with(ReceptiveField other) {
    if (other.stride != stride) {
      return Optional.empty();
    }
    int before = Math.max(padding, other.padding);
    int behind = Math.max(size - padding, other.size - other.padding);
    return of((long) before + behind, stride, before);
  }

  private Optional<ReceptiveField> under(Window window) {
    return of(
        size + (window.kernel() - 1L) * stride,
        (long) stride * window.stride(),
        padding + (long) window.padding() * stride);
  }

  private static Optional<ReceptiveField> of(long size, long stride, long padding) {
    return Math.max(size, Math.max(stride, padding)) > LARGEST
        ? Optional.empty()
        : Optional.of(new ReceptiveField((int) size, (int) stride, (int) padding));
  }

  /** The first row, or column, of the square of a row, or column, of the layer. */
  public int start(int position) {
    return position * stride - padding;
  }
}
