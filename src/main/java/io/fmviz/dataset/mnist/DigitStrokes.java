package io.fmviz.dataset.mnist;

import java.util.List;

/**
 * The ten digits as pen strokes in a unit box, x to the right and y down. A smooth stroke passes
 * through its points on a Catmull-Rom spline; the others are straight between them.
 */
final class DigitStrokes {
  /** One movement of the pen: {@code points[i] = {x, y}}. */
  record Stroke(boolean smooth, double[][] points) {}

  private static final List<List<Stroke>> DIGITS =
      List.of(
          List.of(
              smooth(
                  .50, .04, .24, .18, .16, .50, .24, .82, .50, .96, .76, .82, .84, .50, .76, .18,
                  .50, .04)),
          List.of(straight(.34, .24, .56, .04, .56, .96)),
          List.of(
              smooth(
                  .18, .27, .30, .09, .52, .04, .75, .12, .79, .32, .62, .56, .38, .77, .18, .95),
              straight(.18, .95, .84, .95)),
          List.of(
              straight(.16, .05, .80, .05, .42, .40),
              smooth(.42, .40, .74, .50, .82, .68, .60, .88, .14, .95)),
          List.of(straight(.28, .04, .16, .58, .90, .58), straight(.66, .30, .66, .96)),
          List.of(straight(.80, .05, .22, .05, .22, .48, .78, .48, .78, .95, .18, .95)),
          List.of(
              smooth(
                  .62, .03, .40, .24, .24, .52, .22, .76, .34, .95, .60, .95, .72, .76, .60, .58,
                  .40, .60, .24, .76)),
          List.of(straight(.14, .05, .84, .05, .42, .96)),
          List.of(
              smooth(
                  .50, .47, .26, .34, .28, .12, .50, .04, .72, .12, .74, .34, .50, .47, .22, .64,
                  .24, .88, .50, .96, .76, .88, .78, .64, .50, .47)),
          List.of(
              smooth(
                  .76, .30, .58, .47, .34, .46, .21, .27, .36, .07, .62, .05, .77, .22, .77, .52,
                  .68, .80, .46, .96)));

  private DigitStrokes() {}

  static List<Stroke> of(int digit) {
    return DIGITS.get(digit);
  }

  private static Stroke smooth(double... coordinates) {
    return new Stroke(true, points(coordinates));
  }

  private static Stroke straight(double... coordinates) {
    return new Stroke(false, points(coordinates));
  }

  private static double[][] points(double[] coordinates) {
    double[][] points = new double[coordinates.length / 2][];
    for (int i = 0; i < points.length; i++) {
      points[i] = new double[] {coordinates[2 * i], coordinates[2 * i + 1]};
    }
    return points;
  }
}
