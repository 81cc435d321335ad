package io.fmviz.dataset.digit;

/**
 * A connected component.
 *
 * @param label its pixels' value in the label image
 * @param area in pixels
 * @param mass the sum of its pixels' values
 * @param box its bounding box
 * @param contact how many of its pixels lie on the border
 * @param spans whether it reaches from one border to the opposite one
 */
record Component(int label, int area, double mass, Box box, int contact, boolean spans) {
  /**
   * A component lies along the border if {@code contact} is at least its extent divided by this.
   */
  private static final int ALONG = 4;

  /**
   * A rectangle of pixels: {@code top} and {@code left} inclusive, {@code bottom} and {@code right}
   * exclusive.
   */
  record Box(int top, int left, int bottom, int right) {}

  int height() {
    return box.bottom() - box.top();
  }

  int width() {
    return box.right() - box.left();
  }

  /** The longer side of the bounding box. */
  int extent() {
    return Math.max(height(), width());
  }

  /** Whether it lies along the border or spans the picture, as a desk or a shadow does. */
  boolean isOfTheBorder() {
    return spans || ALONG * contact >= extent();
  }

  /** The distance between two bounding boxes; 0 where they overlap or touch. */
  int gap(Component other) {
    int across =
        Math.max(Math.max(other.box.left() - box.right(), box.left() - other.box.right()), 0);
    int down =
        Math.max(Math.max(other.box.top() - box.bottom(), box.top() - other.box.bottom()), 0);
    return Math.max(across, down);
  }

  /** Whether the bounding boxes share no column. */
  boolean isBeside(Component other) {
    return other.box.left() > box.right() || box.left() > other.box.right();
  }
}
