package io.fmviz.image;

import java.util.Locale;
import java.util.function.IntFunction;

/** Which values become the two ends of a colour map. */
public enum Normalize {
  /** Fixed ends: 0 and 1, or -1 and 1 for a diverging colour map. */
  NONE,
  /** Each map's own smallest and largest value. */
  MAP,
  /** The smallest and largest value of all maps of a layer. */
  LAYER;

  /** Which colour stands for zero. */
  enum Zero {
    /** Any. */
    ANY,
    /** The first; no value is less. */
    FIRST,
    /** The one in the middle. */
    MIDDLE
  }

  /** The smallest span that is divided by: torchvision's, so that a constant map becomes 0. */
  private static final float EPSILON = 1e-5f;

  /**
   * Brings values to [0, 1], with 0 and 1 at the ends of the colour map: torchvision's (v - lo) /
   * max(hi - lo, 1e-5) in float32, lo and hi being the smallest and largest value; lo is 0 where
   * the first colour stands for zero. For a diverging colour map it is (1 + v / max(m, 1e-5)) / 2,
   * m being the largest magnitude: 0 becomes the middle. NaN is left out of both, and stays NaN.
   *
   * @param maps {@code (channels, height, width)}; left as they are
   * @param zero which colour stands for zero
   * @param memory gives an array of at least so many values, which may have been used before
   * @return that array, or for NONE without a diverging colour map the given one, whose values
   *     outside [0, 1] are clipped when they are drawn
   */
  float[] apply(float[] maps, int channels, Zero zero, IntFunction<float[]> memory) {
    if (this == NONE && zero != Zero.MIDDLE) {
      return maps;
    }
    float[] unit = memory.apply(maps.length);
    System.arraycopy(maps, 0, unit, 0, maps.length);
    int parts = this == MAP ? channels : 1;
    int size = maps.length / parts;
    for (int i = 0; i < parts; i++) {
      if (zero == Zero.MIDDLE) {
        center(unit, i * size, (i + 1) * size);
      } else {
        stretch(unit, i * size, (i + 1) * size, zero);
      }
    }
    return unit;
  }

  /** Likewise into an array of its own. */
  float[] apply(float[] maps, int channels, Zero zero) {
    return apply(maps, channels, zero, float[]::new);
  }

  private static void stretch(float[] values, int from, int to, Zero zero) {
    float low = zero == Zero.FIRST ? 0 : Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      low = values[i] < low ? values[i] : low;
      high = values[i] > high ? values[i] : high;
    }
    // torchvision subtracts in float64, then divides in float32.
    float span = (float) Math.max((double) high - low, EPSILON);
    for (int i = from; i < to; i++) {
      values[i] = (values[i] - low) / span;
    }
  }

  private void center(float[] values, int from, int to) {
    float magnitude = this == NONE ? 1 : EPSILON;
    for (int i = from; this != NONE && i < to; i++) {
      float v = Math.abs(values[i]);
      magnitude = v > magnitude ? v : magnitude;
    }
    for (int i = from; i < to; i++) {
      values[i] = (1 + values[i] / magnitude) / 2;
    }
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
