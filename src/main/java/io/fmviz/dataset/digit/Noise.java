package io.fmviz.dataset.digit;

/** Estimates a picture's noise. */
final class Noise {
  /** The largest reach of the box filter. */
  private static final int MAX_REACH = 4;

  /** A normal distribution's standard deviation, in median absolute deviations. */
  private static final double DEVIATIONS = 1.4826;

  private Noise() {}

  /**
   * The standard deviation, from the difference of two Laplacians, insensitive to gradients and
   * edges (Immerkaer, "Fast Noise Variance Estimation", 1996). The median replaces his mean:
   * strokes are outliers.
   */
  static float of(GrayRaster picture) {
    GrayHistogram differences = new GrayHistogram();
    for (int y = 1; y < picture.height() - 1; y++) {
      for (int x = 1; x < picture.width() - 1; x++) {
        differences.add(Math.abs(laplacian(picture, y, x)) / 6);
      }
    }
    return differences.count() == 0 ? 0 : (float) (DEVIATIONS * differences.quantile(0.5));
  }

  private static float laplacian(GrayRaster p, int y, int x) {
    return p.value(y - 1, x - 1)
        - 2 * p.value(y - 1, x)
        + p.value(y - 1, x + 1)
        - 2 * p.value(y, x - 1)
        + 4 * p.value(y, x)
        - 2 * p.value(y, x + 1)
        + p.value(y + 1, x - 1)
        - 2 * p.value(y + 1, x)
        + p.value(y + 1, x + 1);
  }

  /** The reach of the box filter that reduces noise to what is wanted. */
  static int reach(float noise, float wanted) {
    return Math.min(MAX_REACH, (int) Math.ceil((noise / wanted - 1) / 2));
  }
}
