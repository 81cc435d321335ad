package io.fmviz.dataset;

import java.util.List;

/**
 * A digit's strokes in a picture.
 *
 * @param lifted the picture without its ground, and without what lies along its border
 * @param labels {@code (height, width)}: the component that each pixel is of, 0 for none
 * @param parts the components that are the digit's, the main one first; none if nothing was found
 * @param erased how many pixels along the border were taken out
 */
record Strokes(Lifted lifted, int[] labels, List<Component> parts, int erased) {
  /** The share of a stroke's pixels that may be brighter than what becomes 1. */
  private static final double BRIGHT = 0.98;

  /** Less is no brightness, but a rounding error. */
  private static final float LEAST = 0.001f;

  int top() {
    return parts.stream().mapToInt(Component::top).min().orElse(0);
  }

  int left() {
    return parts.stream().mapToInt(Component::left).min().orElse(0);
  }

  int bottom() {
    return parts.stream().mapToInt(Component::bottom).max().orElse(0);
  }

  int right() {
    return parts.stream().mapToInt(Component::right).max().orElse(0);
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
    int height = bottom() - top() + 2 * margin;
    int width = right() - left() + 2 * margin;
    boolean[] mask = new boolean[height * width];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = isPart(label(top() - margin + i / width, left() - margin + i % width));
    }
    return mask;
  }

  /** The component that a pixel is of; 0 outside the picture. */
  private int label(int row, int column) {
    GrayRaster picture = lifted.picture();
    boolean inside = row >= 0 && column >= 0 && row < picture.height() && column < picture.width();
    return inside ? labels[row * picture.width() + column] : 0;
  }

  private boolean isPart(int label) {
    return label != 0 && parts.stream().anyMatch(c -> c.label() == label);
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
    float[] distances = Distances.to(mask, height, width);
    float[] values = new float[mask.length];
    Levels levels = new Levels();
    for (int i = 0; i < values.length; i++) {
      int row = top() - margin + i / width;
      int column = left() - margin + i % width;
      int label = label(row, column);
      boolean inside =
          row >= 0
              && column >= 0
              && row < lifted.picture().height()
              && column < lifted.picture().width();
      if (inside && distances[i] <= margin && (label == 0 || mask[i])) {
        values[i] = lifted.picture().value(row, column);
        if (mask[i]) {
          levels.add(values[i]);
        }
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
