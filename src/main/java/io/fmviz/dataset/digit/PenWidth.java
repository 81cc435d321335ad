package io.fmviz.dataset.digit;

/** Measures the width of strokes. */
final class PenWidth {
  private PenWidth() {}

  /**
   * The mean width of strokes of any grey: twice their area by their perimeter, which is the total
   * variation (by the coarea formula; Rudin, Osher and Fatemi, "Nonlinear Total Variation Based
   * Noise Removal Algorithms", 1992).
   *
   * @param picture values from 0, the ground, to 1
   * @return in pixels; 0 if there are no strokes
   */
  static double of(GrayRaster picture) {
    double area = 0;
    double variation = 0;
    for (int y = 0; y <= picture.height(); y++) {
      for (int x = 0; x <= picture.width(); x++) {
        float value = value(picture, y, x);
        area += value;
        variation += Math.hypot(value - value(picture, y, x - 1), value - value(picture, y - 1, x));
      }
    }
    return variation == 0 ? 0 : 2 * area / variation;
  }

  private static float value(GrayRaster picture, int y, int x) {
    boolean inside = y >= 0 && y < picture.height() && x >= 0 && x < picture.width();
    return inside ? picture.value(y, x) : 0;
  }

  /** The largest width, such as where strokes cross, in pixels: from the distance transform. */
  static double largest(Strokes strokes) {
    boolean[] mask = strokes.mask(1);
    int height = strokes.bottom() - strokes.top() + 2;
    boolean[] ground = new boolean[mask.length];
    for (int i = 0; i < mask.length; i++) {
      ground[i] = !mask[i];
    }
    float largest = 0;
    for (float distance : Distances.to(ground, height, mask.length / height)) {
      largest = Math.max(largest, distance);
    }
    return 2 * largest - 1;
  }
}
