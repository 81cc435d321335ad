package io.fmviz.analysis;

import io.fmviz.model.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** The fields of all layers, each on top of the one before, by their names. */
  public static Map<String, ReceptiveField> of(List<Window> layers) {
    Map<String, ReceptiveField> fields = new LinkedHashMap<>();
    ReceptiveField below = PIXEL;
    for (Window layer : layers) {
      below = below.under(layer);
      fields.put(layer.layer(), below);
    }
    return fields;
  }

  private ReceptiveField under(Window layer) {
    return new ReceptiveField(
        size + (layer.kernel() - 1) * stride,
        stride * layer.stride(),
        padding + layer.padding() * stride);
  }

  /** The first row, or column, of the square of a row, or column, of the layer. */
  public int start(int position) {
    return position * stride - padding;
  }
}
