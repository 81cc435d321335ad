package io.fmviz.dataset.digit;

import java.util.Arrays;

/**
 * The exact Euclidean distance transform in linear time (Felzenszwalb and Huttenlocher, "Distance
 * Transforms of Sampled Functions", 2012).
 */
final class Distances {
  /** Farther than any two pixels. */
  private static final double FAR = 1e12;

  private Distances() {}

  /**
   * Each pixel's distance to the nearest pixel of a set, between centres, in pixels.
   *
   * @param set {@code (height, width)}, not empty
   */
  static float[] to(boolean[] set, int height, int width) {
    double[] squares = new double[set.length];
    for (int i = 0; i < set.length; i++) {
      squares[i] = set[i] ? 0 : FAR;
    }
    int longest = Math.max(height, width);
    double[] line = new double[longest];
    int[] places = new int[longest];
    double[] bounds = new double[longest + 1];
    for (int x = 0; x < width; x++) {
      transform(squares, x, width, height, line, places, bounds);
    }
    for (int y = 0; y < height; y++) {
      transform(squares, y * width, 1, width, line, places, bounds);
    }
    float[] distances = new float[set.length];
    Arrays.setAll(squares, i -> Math.sqrt(squares[i]));
    for (int i = 0; i < set.length; i++) {
      distances[i] = (float) squares[i];
    }
    return distances;
  }

  /** The transform of one row or column: the lower envelope of a parabola for each pixel. */
  private static void transform(
      double[] squares,
      int first,
      int step,
      int length,
      double[] line,
      int[] places,
      double[] bounds) {
    int top = 0;
    places[0] = 0;
    bounds[0] = Double.NEGATIVE_INFINITY;
    bounds[1] = Double.POSITIVE_INFINITY;
    for (int i = 0; i < length; i++) {
      line[i] = squares[first + i * step];
    }
    for (int i = 1; i < length; i++) {
      double crossing = crossing(line, places[top], i);
      while (crossing <= bounds[top]) {
        top--;
        crossing = crossing(line, places[top], i);
      }
      top++;
      places[top] = i;
      bounds[top] = crossing;
      bounds[top + 1] = Double.POSITIVE_INFINITY;
    }
    int at = 0;
    for (int i = 0; i < length; i++) {
      while (bounds[at + 1] < i) {
        at++;
      }
      double away = i - places[at];
      squares[first + i * step] = away * away + line[places[at]];
    }
  }

  private static double crossing(double[] line, int a, int b) {
    return (line[b] + (double) b * b - line[a] - (double) a * a) / (2.0 * (b - a));
  }
}
