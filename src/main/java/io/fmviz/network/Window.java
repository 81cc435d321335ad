package io.fmviz.network;

/**
 * How a node goes over its input, the same in both directions: what one value of its output depends
 * on.
 *
 * @param kernel rows and columns that one output value is made from
 * @param stride from one output value's to the next one's, in input pixels
 * @param padding rows and columns of zeros before the first
 */
public record Window(int kernel, int stride, int padding) {
  /** Of a node that makes each value from the one at the same place. */
  public static final Window POINT = new Window(1, 1, 0);
}
