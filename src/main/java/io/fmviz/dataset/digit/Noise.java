package io.fmviz.dataset.digit;

/** How strong a picture's noise is. */
final class Noise {
  /** Half the side of the largest window that noise is averaged over. */
  private static final int MAX_REACH = 4;

  /** What a normal distribution's standard deviation is to its median absolute deviation. */
  private static final double DEVIATIONS = 1.4826;

  private Noise() {}

  /**
   * The standard deviation, from differences that neither light nor edges change (Immerkaer, "Fast
   * Noise Variance Estimation", 1996), their median in place of his mean: strokes are few.
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

  /** Half the side, without the middle, of the window whose mean has no more noise than wanted. */
  static int reach(float noise, float wanted) {
    return Math.min(MAX_REACH, (int) Math.ceil((noise / wanted - 1) / 2));
  }
}
