package io.fmviz.dataset.digit;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A digit's strokes in a picture.
 *
 * @param lifted the picture without its ground and without components along its border
 * @param labels {@code (height, width)}: each pixel's component, 0 for none
 * @param parts the digit's components, the main one first; empty if none was found
 * @param erased how many pixels along the border were removed
 */
record Strokes(Foreground lifted, int[] labels, List<Component> parts, int erased) {
  /** The quantile of the strokes' values that becomes 1. */
  private static final double BRIGHT = 0.98;

  /** Less is a rounding error. */
  private static final float LEAST = 0.001f;

  int top() {
    return parts.stream().mapToInt(part -> part.box().top()).min().orElse(0);
  }

  int left() {
    return parts.stream().mapToInt(part -> part.box().left()).min().orElse(0);
  }

  int bottom() {
    return parts.stream().mapToInt(part -> part.box().bottom()).max().orElse(0);
  }

  int right() {
    return parts.stream().mapToInt(part -> part.box().right()).max().orElse(0);
  }

  /** The longer side of the bounding box, in pixels. */
  int extent() {
    return Math.max(bottom() - top(), right() - left());
  }

  /** In pixels. */
  int area() {
    return parts.stream().mapToInt(Component::area).sum();
  }

  /** Whether the main part lies along the border. */
  boolean isOfTheBorder() {
    return parts.get(0).isOfTheBorder();
  }

  /** The share of the bounding box that they fill. */
  double fill() {
    return (double) area() / Math.max(1, (bottom() - top()) * (right() - left()));
  }

  /** Whether the bounding box contains another's and is larger. */
  boolean surround(Strokes other) {
    return top() <= other.top()
        && left() <= other.left()
        && bottom() >= other.bottom()
        && right() >= other.right()
        && extent() > other.extent();
  }

  /** The mask of the strokes in their bounding box with a margin, row by row. */
  boolean[] mask(int margin) {
    Set<Integer> own = parts.stream().map(Component::label).collect(Collectors.toSet());
    int top = top() - margin;
    int left = left() - margin;
    int width = right() - left() + 2 * margin;
    boolean[] mask = new boolean[(bottom() - top() + 2 * margin) * width];
    for (int i = 0; i < mask.length; i++) {
      int at = at(i, top, left, width);
      mask[i] = at >= 0 && labels[at] != 0 && own.contains(labels[at]);
    }
    return mask;
  }

  /** The index in the picture of a pixel of the mask; -1 outside of the picture. */
  private int at(int i, int top, int left, int width) {
    GrayRaster picture = lifted.picture();
    int row = top + i / width;
    int column = left + i % width;
    boolean inside = row >= 0 && column >= 0 && row < picture.height() && column < picture.width();
    return inside ? row * picture.width() + column : -1;
  }

  /**
   * The strokes and their soft edges alone, from 0 to 1.
   *
   * @param margin of ground around them, in pixels
   */
  GrayRaster cut(int margin) {
    boolean[] mask = mask(margin);
    int height = bottom() - top() + 2 * margin;
    int width = mask.length / height;
    int top = top() - margin;
    int left = left() - margin;
    float[] distances = Distances.to(mask, height, width);
    float[] values = new float[mask.length];
    GrayHistogram levels = new GrayHistogram();
    for (int i = 0; i < values.length; i++) {
      int at = at(i, top, left, width);
      if (mask[i]) {
        values[i] = lifted.picture().values()[at];
        levels.add(values[i]);
      } else if (at >= 0 && labels[at] == 0 && distances[i] <= margin) {
        values[i] = lifted.picture().values()[at];
      }
    }
    float bright = Math.max(LEAST, levels.quantile(BRIGHT));
    float floor = Math.min(lifted.floor(), bright / 2);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, Math.min(1, (values[i] - floor) / (bright - floor)));
    }
    return new GrayRaster(height, width, values);
  }
}
