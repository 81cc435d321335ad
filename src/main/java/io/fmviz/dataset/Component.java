package io.fmviz.dataset;

/**
 * Pixels that hang together.
 *
 * @param label what its pixels are marked with
 * @param mass the sum of their values
 * @param top the first row, as {@code left} is the first column; {@code bottom} and {@code right}
 *     are the first behind it
 * @param contact how many lie at the picture's border
 * @param spans whether it reaches from one border to the opposite one
 */
record Component(
    int label,
    int area,
    double mass,
    int top,
    int left,
    int bottom,
    int right,
    int contact,
    boolean spans) {
  /** What has one in so many of its extent's pixels at the border lies along it. */
  private static final int ALONG = 4;

  int height() {
    return bottom - top;
  }

  int width() {
    return right - left;
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
    int across = Math.max(Math.max(other.left - right, left - other.right), 0);
    int down = Math.max(Math.max(other.top - bottom, top - other.bottom), 0);
    return Math.max(across, down);
  }

  /** Whether one stands beside another, with a gap between them. */
  boolean isBeside(Component other) {
    return other.left > right || left > other.right;
  }
}
