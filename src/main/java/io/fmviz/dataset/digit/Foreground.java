package io.fmviz.dataset.digit;

/**
 * A picture without its ground: what is left is how much brighter than the ground each pixel is.
 *
 * @param picture values from 0 to 1, the largest
 * @param floor what is not larger than this is the ground's noise, below 1
 * @param range the difference of grey that the value 1 stands for
 * @param even whether the ground is the same everywhere, but for noise
 */
record Foreground(GrayRaster picture, float floor, float range, boolean even) {
  /** How many median deviations of the ground are noise. */
  private static final int SPREAD = 3;

  /** The share of the contrast that the middle half of an even ground may vary by. */
  private static final float EVEN = 0.08f;

  /** In less light than this share, noise is as strong as strokes. */
  private static final float DARK = 0.25f;

  /** From one grey: the median of what Otsu's threshold takes for ground. */
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
   * From what the ground is at each place: without whatever is bright and narrower than a window.
   *
   * @param reach half the window's side
   */
  static Foreground local(GrayRaster picture, int reach) {
    GrayRaster ground = WindowFilters.opening(picture, reach);
    float[] values = new float[picture.values().length];
    for (int i = 0; i < values.length; i++) {
      // Ink takes away a share of the light that the paper would give back.
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

  /** What is ground in another picture is here too. */
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

  /** From 0, the smallest, to 1, the largest value; all 0 if they are equal. */
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
