package io.fmviz.network.onnx.graph;

/** How an operator passes its first input on. */
public enum Passing {
  /** Not at all. */
  NOTHING,
  /** Each value as it is, at its place. */
  VALUES,
  /** Each value at its place, as another type. */
  CONVERTED,
  /** Each value at its place, integers as the real numbers that they stand for. */
  SCALED,
  /** All values in their order, in another shape. */
  RESHAPED,
  /** Each value at its place in its map, the channels on another axis. */
  RELAID,
  /** All values, in another order. */
  MOVED,
  /** Some values of each channel: the largest of a window. */
  MAXIMA,
  /** Each value at its place, but for those beyond a bound. */
  BOUNDED;

  /** Whether each value comes out at its place: what is so passed on is no layer of its own. */
  public boolean keepsValues() {
    return this == VALUES || this == CONVERTED || this == RELAID;
  }

  /** Whether all values come out in their order. */
  public boolean keepsOrder() {
    return this == VALUES || this == CONVERTED || this == RESHAPED;
  }

  /** Whether a constant comes out as one: the same numbers, or those that integers stand for. */
  public boolean keepsConstants() {
    return keepsValues() || this == SCALED;
  }

  /** Whether a channel of zeros comes out as one. */
  public boolean keepsZeros() {
    return keepsValues() || this == MAXIMA;
  }

  /** Whether integers that come out stand for real numbers by the scale of those that went in. */
  public boolean keepsScale() {
    return this != NOTHING && this != CONVERTED && this != SCALED;
  }
}
