package io.fmviz.dataset.digit;

/**
 * A picture after background subtraction: how much brighter than the ground each pixel is.
 *
 * @param picture values from 0 to 1; the largest is 1
 * @param floor the noise level, below 1: values up to it are ground
 * @param range the difference in grey that the value 1 stands for
 * @param even whether the ground is uniform but for noise
 */
record Foreground(GrayRaster picture, float floor, float range, boolean even) {
  /** The noise level, in median absolute deviations of the ground. */
  private static final int SPREAD = 3;

  /** The largest interquartile range of an even ground, as a share of the contrast. */
  private static final float EVEN = 0.08f;

  /** The least light that is divided by: in less, noise is as strong as strokes. */
  private static final float DARK = 0.25f;

  /** Subtracts one grey: the median of the ground by Otsu's method. */
  static Foreground flat(GrayRaster picture) {
    float range = range(picture);
    GrayRaster stretched = stretched(picture, range);
    GrayHistogram levels = GrayHistogram.above(-1, stretched.values());
    float threshold = levels.threshold();
    float median = levels.medianTo(threshold);
    GrayHistogram ground = new GrayHistogram();
    for (float value : stretched.values()) {
      if (value <= threshold) {
        ground.add(value);
      }
    }
    boolean even = ground.quantile(0.75) - ground.quantile(0.25) <= EVEN;
    return above(stretched, range, median, levels.deviationTo(threshold), even);
  }

  /**
   * Subtracts a local ground, the morphological opening of the picture (a top-hat transform).
   *
   * @param reach half the window's side
   */
  static Foreground local(GrayRaster picture, int reach) {
    GrayRaster ground = WindowFilters.opening(picture, reach);
    float[] values = new float[picture.values().length];
    for (int i = 0; i < values.length; i++) {
      // Ink absorbs a share of the light that the paper would reflect.
      float light = Math.max(DARK, 1 - ground.values()[i]);
      values[i] = (picture.values()[i] - ground.values()[i]) / light;
    }
    GrayRaster residue = new GrayRaster(picture.height(), picture.width(), values);
    float range = range(residue);
    GrayRaster stretched = stretched(residue, range);
    GrayHistogram levels = GrayHistogram.above(-1, stretched.values());
    float threshold = levels.threshold();
    float median = levels.medianTo(threshold);
    return above(stretched, range, median, levels.deviationTo(threshold), false);
  }

  /** Sets to ground what is ground in another picture. */
  Foreground within(GrayRaster other) {
    float[] values = picture.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = other.values()[i] > 0 ? values[i] : 0;
    }
    return new Foreground(
        new GrayRaster(picture.height(), picture.width(), values), floor, range, even);
  }

  private static Foreground above(
      GrayRaster picture, float range, float ground, float deviation, boolean even) {
    float[] values = new float[picture.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, (picture.values()[i] - ground) / (1 - ground));
    }
    float floor = Math.min(0.5f, SPREAD * deviation / (1 - ground));
    GrayRaster lifted = new GrayRaster(picture.height(), picture.width(), values);
    return new Foreground(lifted, floor, range * (1 - ground), even);
  }

  private static float range(GrayRaster picture) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : picture.values()) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return high - low;
  }

  /** Min-max normalization; all 0 if all values are equal. */
  private static GrayRaster stretched(GrayRaster picture, float range) {
    float low = Float.POSITIVE_INFINITY;
    for (float value : picture.values()) {
      low = Math.min(low, value);
    }
    float[] values = new float[picture.values().length];
    for (int i = 0; i < values.length && range > 0; i++) {
      values[i] = (picture.values()[i] - low) / range;
    }
    return new GrayRaster(picture.height(), picture.width(), values);
  }
}
