package io.fmviz.dataset.mnist;

import io.fmviz.dataset.mnist.DigitStrokes.Stroke;

/**
 * Draws strokes into one image. A pixel's grey value falls from white to black over one pixel at
 * the edge of the line, by its distance from the line's middle.
 *
 * <p>Only operations that IEEE 754 fixes to the bit are used (StrictMath and the four basic ones),
 * so that the picture is the same on every machine.
 */
final class Pen {
  private static final int STEPS_PER_SPAN = 6;

  private final byte[] pixels;
  private final int offset;
  private final int side;
  private final double halfWidth;

  /**
   * Draws into {@code side * side} bytes from {@code offset} on.
   *
   * @param width of the line, in pixels
   */
  Pen(byte[] pixels, int offset, int side, double width) {
    this.pixels = pixels;
    this.offset = offset;
    this.side = side;
    this.halfWidth = width / 2;
  }

  /** Draws a stroke whose points are in pixels, the centre of the first pixel being (0.5, 0.5). */
  void draw(Stroke stroke) {
    double[][] p = stroke.points();
    for (int i = 0; i + 1 < p.length; i++) {
      if (stroke.smooth()) {
        curve(p[Math.max(i - 1, 0)], p[i], p[i + 1], p[Math.min(i + 2, p.length - 1)]);
      } else {
        line(p[i][0], p[i][1], p[i + 1][0], p[i + 1][1]);
      }
    }
  }

  private void curve(double[] before, double[] from, double[] to, double[] after) {
    double x = from[0];
    double y = from[1];
    for (int step = 1; step <= STEPS_PER_SPAN; step++) {
      double t = (double) step / STEPS_PER_SPAN;
      double nextX = catmullRom(before[0], from[0], to[0], after[0], t);
      double nextY = catmullRom(before[1], from[1], to[1], after[1], t);
      line(x, y, nextX, nextY);
      x = nextX;
      y = nextY;
    }
  }

  /** The uniform Catmull-Rom spline between b and c; Catmull and Rom 1974. */
  private static double catmullRom(double a, double b, double c, double d, double t) {
    return 0.5
        * (2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t * t
            + (3 * b - a - 3 * c + d) * t * t * t);
  }

  private void line(double x0, double y0, double x1, double y1) {
    double reach = halfWidth + 1;
    int left = pixel(StrictMath.min(x0, x1) - reach);
    int right = pixel(StrictMath.max(x0, x1) + reach);
    int top = pixel(StrictMath.min(y0, y1) - reach);
    int bottom = pixel(StrictMath.max(y0, y1) + reach);
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double distance = distance(column + 0.5, row + 0.5, x0, y0, x1, y1);
        double coverage = StrictMath.max(0, StrictMath.min(1, halfWidth + 0.5 - distance));
        int grey = (int) (255 * coverage + 0.5);
        int i = offset + row * side + column;
        pixels[i] = (byte) Math.max(pixels[i] & 0xff, grey);
      }
    }
  }

  private int pixel(double coordinate) {
    return (int) StrictMath.max(0, StrictMath.min(side - 1, StrictMath.floor(coordinate)));
  }

  /** The distance of a point from a line segment. */
  private static double distance(double x, double y, double x0, double y0, double x1, double y1) {
    double dx = x1 - x0;
    double dy = y1 - y0;
    double length2 = dx * dx + dy * dy;
    double t = length2 == 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / length2;
    t = StrictMath.max(0, StrictMath.min(1, t));
    double ex = x - x0 - t * dx;
    double ey = y - y0 - t * dy;
    return StrictMath.sqrt(ex * ex + ey * ey);
  }
}
