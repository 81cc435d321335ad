package io.fmviz.dataset;

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
              smooth(.20, .12, .48, .04, .74, .14, .72, .36, .44, .47),
              smooth(.44, .47, .76, .57, .80, .80, .52, .96, .18, .86)),
          List.of(straight(.66, .96, .66, .04, .14, .66, .90, .66)),
          List.of(
              straight(.78, .05, .28, .05, .24, .45),
              smooth(.24, .45, .52, .38, .78, .52, .78, .80, .50, .96, .18, .86)),
          List.of(
              smooth(
                  .70, .04, .42, .20, .24, .48, .22, .76, .38, .95, .64, .93, .79, .74, .66, .54,
                  .42, .54, .24, .70)),
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
