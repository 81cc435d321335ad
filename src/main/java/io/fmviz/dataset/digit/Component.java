package io.fmviz.dataset.digit;

/**
 * Pixels that hang together.
 *
 * @param label what its pixels are marked with
 * @param mass the sum of their values
 * @param box the rectangle around it
 * @param contact how many lie at the picture's border
 * @param spans whether it reaches from one border to the opposite one
 */
record Component(int label, int area, double mass, Box box, int contact, boolean spans) {
  /** What has one in so many of its extent's pixels at the border lies along it. */
  private static final int ALONG = 4;

  /**
   * A rectangle of pixels.
   *
   * @param top the first row, as {@code left} is the first column; {@code bottom} and {@code right}
   *     are the first behind it
   */
  record Box(int top, int left, int bottom, int right) {}

  int height() {
    return box.bottom() - box.top();
  }

  int width() {
    return box.right() - box.left();
  }

  /** The longer side of the rectangle around it. */
  int extent() {
    return Math.max(height(), width());
  }

  /**
   * Whether it lies along the border, as a desk or a shadow does, or passes from one to another.
   */
  boolean isOfTheBorder() {
    return spans || ALONG * contact >= extent();
  }

  /** How far the rectangles around two of them are apart, 0 where they overlap or touch. */
  int gap(Component other) {
    int across =
        Math.max(Math.max(other.box.left() - box.right(), box.left() - other.box.right()), 0);
    int down =
        Math.max(Math.max(other.box.top() - box.bottom(), box.top() - other.box.bottom()), 0);
    return Math.max(across, down);
  }

  /** Whether one stands beside another, with a gap between them. */
  boolean isBeside(Component other) {
    return other.box.left() > box.right() || box.left() > other.box.right();
  }
}
