package io.fmviz.analysis.cam;

/**
 * A value for each position of a layer.
 *
 * @param values {@code (height, width)}, row by row
 * @param low the value that is drawn as the least; NaN if no value is a number
 * @param high the value that is drawn as the most, NaN likewise; equal to {@code low} where the map
 *     is constant, and so nothing to look at
 */
public record PositionMap(int height, int width, float[] values, double low, double high) {
  /** What rounding in float32 may make of values that are equal, as a part of their terms. */
  private static final double ROUNDING = 1e-5;

  /**
   * From its smallest to its largest value.
   *
   * @param magnitude of the terms that the values were made of; where they span less than rounding
   *     does, the map is constant
   */
  static PositionMap of(LayerMaps maps, double[] values, double magnitude) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return of(maps, values, low, high, magnitude);
  }

  /** From zero to its largest value; values below zero become zero. */
  static PositionMap aboveZero(LayerMaps maps, double[] values, double magnitude) {
    double[] positive = values.clone();
    double high = 0;
    for (int p = 0; p < positive.length; p++) {
      positive[p] = Math.max(0, positive[p]);
      high = Double.isFinite(positive[p]) ? Math.max(high, positive[p]) : high;
    }
    return of(maps, positive, 0, high, magnitude);
  }

  private static PositionMap of(
      LayerMaps maps, double[] values, double low, double high, double magnitude) {
    float[] floats = new float[values.length];
    for (int p = 0; p < floats.length; p++) {
      floats[p] = (float) values[p];
    }
    if (low > high) {
      return new PositionMap(maps.height(), maps.width(), floats, Double.NaN, Double.NaN);
    }
    double end = high - low > ROUNDING * magnitude ? high : low;
    return new PositionMap(maps.height(), maps.width(), floats, low, end);
  }

  /** Whether there is nothing to look at: all values are equal, or none is a number. */
  public boolean isNothing() {
    return !(high > low);
  }

  /** How many values are NaN or infinite. */
  public long notNumbers() {
    long count = 0;
    for (float value : values) {
      count += Float.isFinite(value) ? 0 : 1;
    }
    return count;
  }

  /**
   * The values in [0, 1]: {@code (v - low) / (high - low)}, all zero where there is nothing to look
   * at. NaN stays NaN, and infinity becomes it.
   *
   * @param isDiverging whether 0.5 stands for zero: {@code (1 + v / m) / 2}, m being the larger
   *     magnitude of the ends; all 0.5 where there is nothing to look at
   */
  public float[] unit(boolean isDiverging) {
    double m = Math.max(Math.abs(low), Math.abs(high));
    float[] unit = new float[values.length];
    for (int p = 0; p < unit.length; p++) {
      double v = values[p];
      double share = isDiverging ? (1 + v / m) / 2 : (v - low) / (high - low);
      double nothing = isDiverging ? 0.5 : 0;
      unit[p] = Float.isFinite(values[p]) ? (float) (isNothing() ? nothing : share) : Float.NaN;
    }
    return unit;
  }
}
