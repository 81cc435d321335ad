package io.fmviz.dataset.digit;

import io.fmviz.base.Exact;

/**
 * Shrinks a picture while its pixels come in, in any order: each square of them becomes its mean,
 * so that none is dropped. What is transparent is kept apart until its ground is known.
 */
final class GrayMeans {
  private final int height;
  private final int width;
  private final int step;
  private final float[] light;
  private final float[] cover;
  private final int[] counts;

  /**
   * Takes a picture of this size.
   *
   * @param step the side of the squares
   */
  GrayMeans(int height, int width, int step) {
    this.height = (height + step - 1) / step;
    this.width = (width + step - 1) / step;
    this.step = step;
    this.light = new float[Exact.product(this.height, this.width)];
    this.cover = new float[light.length];
    this.counts = new int[light.length];
  }

  /** One pixel: its grey and how much it covers, both from 0 to 1. */
  void add(int row, int column, float gray, float alpha) {
    int i = row / step * width + column / step;
    light[i] += alpha * gray;
    cover[i] += alpha;
    counts[i]++;
  }

  /** The means over a ground of this grey. */
  GrayRaster over(float ground) {
    float[] values = new float[light.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (light[i] + (counts[i] - cover[i]) * ground) / counts[i];
    }
    return new GrayRaster(height, width, values);
  }

  /**
   * The grey that a person would lay below what is transparent: that of the paper, where most is
   * covered and varies; else what the strokes differ from most.
   */
  float ground() {
    GrayHistogram levels = new GrayHistogram();
    double all = 0;
    double covered = 0;
    double sum = 0;
    for (int i = 0; i < light.length; i++) {
      all += counts[i];
      covered += cover[i];
      sum += light[i];
      if (cover[i] > 0.5 * counts[i]) {
        levels.add(light[i] / cover[i]);
      }
    }
    boolean varies = levels.count() > 0 && levels.quantile(0.98) - levels.quantile(0.02) > 0.25;
    if (varies && covered > all / 2) {
      return levels.quantile(0.5);
    }
    return sum < covered / 2 ? 1 : 0;
  }
}
