package io.fmviz.network.onnx.graph;

/** What of its first input an operator reads for one value. */
public enum Reach {
  /** Not known, or no window. */
  UNKNOWN,
  /** The values at the same place, of whatever channel. */
  POINT,
  /** The same, if the axis that it works along is that of the channels. */
  AXIS,
  /** A window as large as its weight. */
  WEIGHT,
  /** A window of the size that its attribute {@code kernel_shape} says. */
  KERNEL_SHAPE,
  /** One value, of a place that is off by the padding before the first. */
  PADDED
}
