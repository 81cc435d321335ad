package io.fmviz.dataset.digit;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A digit's strokes in a picture.
 *
 * @param lifted the picture without its ground, and without what lies along its border
 * @param labels {@code (height, width)}: the component that each pixel is of, 0 for none
 * @param parts the components that are the digit's, the main one first; none if nothing was found
 * @param erased how many pixels along the border were taken out
 */
record Strokes(Foreground lifted, int[] labels, List<Component> parts, int erased) {
  /** The share of a stroke's pixels that may be brighter than what becomes 1. */
  private static final double BRIGHT = 0.98;

  /** Less is no brightness, but a rounding error. */
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

  /** The longer side of the rectangle around them, in pixels. */
  int extent() {
    return Math.max(bottom() - top(), right() - left());
  }

  /** How many pixels they have. */
  int area() {
    return parts.stream().mapToInt(Component::area).sum();
  }

  /** Whether most of them lies along the picture's border. */
  boolean isOfTheBorder() {
    return parts.get(0).isOfTheBorder();
  }

  /** The share of the rectangle around them that they fill. */
  double fill() {
    return (double) area() / Math.max(1, (bottom() - top()) * (right() - left()));
  }

  /** Whether the rectangle around them is larger than another's and has it inside. */
  boolean surround(Strokes other) {
    return top() <= other.top()
        && left() <= other.left()
        && bottom() >= other.bottom()
        && right() >= other.right()
        && extent() > other.extent();
  }

  /** Which pixels of the rectangle around them, with a margin, are strokes, row by row. */
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

  /** Where a pixel of that rectangle is in the picture; -1 if it isn't there. */
  private int at(int i, int top, int left, int width) {
    GrayRaster picture = lifted.picture();
    int row = top + i / width;
    int column = left + i % width;
    boolean inside = row >= 0 && column >= 0 && row < picture.height() && column < picture.width();
    return inside ? row * picture.width() + column : -1;
  }

  /**
   * The strokes alone, from 0 to 1: what is neither of them nor of their soft edges is ground.
   *
   * @param margin of ground around them
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
