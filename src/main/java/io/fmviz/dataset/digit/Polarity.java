package io.fmviz.dataset.digit;

/**
 * Detects whether strokes are darker than their ground. A border of one grey is the ground.
 * Otherwise the sign is that of the third moment (unscaled skewness) of the differences from a box
 * filter: strokes differ strongly to one side, the ground slightly to the other. Edges between
 * large areas, such as a shadow's, cancel out; noise and gradients contribute nothing.
 */
final class Polarity {
  /** The reach of the box filter, as a share of the picture's shorter side. */
  private static final double REACH = 1 / 4.0;

  /** The outermost eighth at each side may be no paper, */
  private static final int OUTER = 8;

  /** and has this weight. */
  private static final double OUTER_WEIGHT = 0.1;

  /** The largest range of a border of one grey, as a share of the contrast. */
  private static final double EVEN = 0.1;

  private Polarity() {}

  /** True for dark strokes on a light ground; false where it is undecided too. */
  static boolean isDark(GrayRaster picture) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    float least = low;
    float most = high;
    for (int i = 0; i < picture.values().length; i++) {
      float value = picture.values()[i];
      low = Math.min(low, value);
      high = Math.max(high, value);
      if (isBorder(picture, i)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    boolean isEven = most - least <= EVEN * (high - low);
    return isEven ? least + most > low + high : moment(picture) < 0;
  }

  private static boolean isBorder(GrayRaster picture, int i) {
    int y = i / picture.width();
    int x = i % picture.width();
    return y == 0 || x == 0 || y == picture.height() - 1 || x == picture.width() - 1;
  }

  private static double moment(GrayRaster picture) {
    int height = picture.height();
    int width = picture.width();
    GrayRaster mean = WindowFilters.mean(picture, (int) Math.ceil(REACH * Math.min(height, width)));
    double sum = 0;
    for (int y = 0; y < height; y++) {
      boolean outer = y < height / OUTER || y >= height - height / OUTER;
      for (int x = 0; x < width; x++) {
        double difference = picture.value(y, x) - mean.value(y, x);
        boolean isOuter = outer || x < width / OUTER || x >= width - width / OUTER;
        sum += (isOuter ? OUTER_WEIGHT : 1) * difference * difference * difference;
      }
    }
    return sum;
  }
}
