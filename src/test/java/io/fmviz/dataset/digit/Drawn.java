package io.fmviz.dataset.digit;

import java.util.Random;

/** A seven on paper, in whatever light: pictures for the tests, white 1 and black 0. */
final class Drawn {
  /** What is at a place, from 0 to 1. */
  interface Ground {
    double at(int row, int column);
  }

  private Drawn() {}

  /**
   * A seven drawn by a round pen, its bar from (0, 0) to (0.6, 0) and its leg to (0.2, 1), of its
   * height.
   *
   * @param top of the bar's middle, in pixels
   * @param pen the line's width
   * @param ink how much light the ink leaves, as a share of the paper's
   */
  static GrayRaster seven(
      int height,
      int width,
      Ground paper,
      double top,
      double left,
      double size,
      double pen,
      double ink) {
    float[] values = new float[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double bar = distance(x, y, left, top, left + 0.6 * size, top);
        double leg = distance(x, y, left + 0.6 * size, top, left + 0.2 * size, top + size);
        double cover = Math.max(0, Math.min(1, pen / 2 + 0.5 - Math.min(bar, leg)));
        double light = paper.at(y, x) * (1 - cover * (1 - ink));
        values[y * width + x] = (float) Math.max(0, Math.min(1, light));
      }
    }
    return new GrayRaster(height, width, values);
  }

  /** The seven as MNIST's writers would draw it. */
  static byte[] expected() {
    GrayRaster drawn = seven(560, 560, (y, x) -> 1, 120, 150, 320, 35, 0);
    return DigitReader.read(drawn, true).pixels();
  }

  static GrayRaster noisy(GrayRaster picture, double deviation) {
    Random random = new Random(1);
    float[] values = picture.values().clone();
    for (int i = 0; i < values.length; i++) {
      double value = values[i] + deviation * random.nextGaussian();
      values[i] = (float) Math.max(0, Math.min(1, value));
    }
    return new GrayRaster(picture.height(), picture.width(), values);
  }

  private static double distance(double x, double y, double x0, double y0, double x1, double y1) {
    double dx = x1 - x0;
    double dy = y1 - y0;
    double t = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy);
    t = Math.max(0, Math.min(1, t));
    return Math.hypot(x - x0 - t * dx, y - y0 - t * dy);
  }
}
