package io.fmviz.dataset.digit;

import io.fmviz.base.Exact;

/**
 * Downsamples a picture by block means while its pixels arrive, in any order. Alpha is accumulated
 * separately until the ground is known.
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
   * @param step the side of the blocks
   */
  GrayMeans(int height, int width, int step) {
    this.height = (height + step - 1) / step;
    this.width = (width + step - 1) / step;
    this.step = step;
    this.light = new float[Exact.product(this.height, this.width)];
    this.cover = new float[light.length];
    this.counts = new int[light.length];
  }

  /** Adds a pixel: its grey and its alpha, both from 0 to 1. */
  void add(int row, int column, float gray, float alpha) {
    int i = row / step * width + column / step;
    light[i] += alpha * gray;
    cover[i] += alpha;
    counts[i]++;
  }

  /** The means, composited over a ground of this grey. */
  GrayRaster over(float ground) {
    float[] values = new float[light.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (light[i] + (counts[i] - cover[i]) * ground) / counts[i];
    }
    return new GrayRaster(height, width, values);
  }

  /**
   * The grey to composite transparent pixels over: the median, which is the paper's, where most is
   * opaque and varies; else black or white, whichever contrasts more.
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
