package io.fmviz.dataset.photo;

import java.util.Arrays;

/**
 * For each place of a row or column that is wanted, the places that go into it and how much of
 * each: Pillow's {@code precompute_coeffs} and {@code normalize_coeffs_8bpc} (Resample.c).
 *
 * @param first the first place that goes in, one for each that is wanted
 * @param count how many do
 * @param weights {@code span} for each that is wanted, as integers of {@link #PRECISION} bits
 * @param span the most that go into one
 */
record Filter(int[] first, int[] count, int[] weights, int span) {
  /** Bits behind the point: eight are the pixel's, two are kept for what is above and below it. */
  static final int PRECISION = 32 - 8 - 2;

  /** What is wanted of a scaled side. */
  record Window(int from, int size) {}

  /**
   * Makes one. A side that keeps its length is copied: one place goes into each, whole.
   *
   * @param in the side's length in the picture
   * @param out the length that it is scaled to
   */
  static Filter of(int in, int out, Window window, Interpolation interpolation) {
    return in == out || interpolation == Interpolation.NEAREST
        ? whole(nearest(in, out, window))
        : weighted(in, out, window, interpolation);
  }

  /** Each is one place's value. */
  private static Filter whole(int[] places) {
    int[] ones = new int[places.length];
    int[] whole = new int[places.length];
    Arrays.fill(ones, 1);
    Arrays.fill(whole, 1 << PRECISION);
    return new Filter(places, ones, whole, 1);
  }

  /** A side, or a part of it, as it is. */
  static Filter same(int from, int size) {
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      places[i] = from + i;
    }
    return whole(places);
  }

  /** Behind the last place that goes into any. */
  int end() {
    int last = first.length - 1;
    return first[last] + count[last];
  }

  /** The same for a picture that begins with the first place that is needed. */
  Filter fromFirst() {
    int[] moved = new int[first.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = first[i] - first[0];
    }
    return new Filter(moved, count, weights, span);
  }

  private static Filter weighted(int in, int out, Window window, Interpolation interpolation) {
    double scale = (double) in / out;
    double wide = Math.max(1, scale);
    double support = interpolation.support() * wide;
    int span = Math.min(in, (int) Math.ceil(support) * 2 + 1);
    Filter filter =
        new Filter(
            new int[window.size()],
            new int[window.size()],
            new int[Math.multiplyExact(window.size(), span)],
            span);
    double[] weights = new double[span];
    for (int i = 0; i < window.size(); i++) {
      double center = (window.from() + i + 0.5) * scale;
      int from = Math.max(0, (int) (center - support + 0.5));
      int to = Math.min(in, (int) (center + support + 0.5));
      double sum = 0;
      for (int k = 0; k < to - from; k++) {
        weights[k] = interpolation.weight((k + from - center + 0.5) * (1 / wide));
        sum += weights[k];
      }
      filter.first[i] = from;
      filter.count[i] = to - from;
      for (int k = 0; k < to - from; k++) {
        filter.weights[i * span + k] = fixed(sum == 0 ? weights[k] : weights[k] / sum);
      }
    }
    return filter;
  }

  private static int fixed(double weight) {
    double shifted = weight * (1 << PRECISION);
    return (int) (weight < 0 ? shifted - 0.5 : shifted + 0.5);
  }

  /**
   * The place of the picture that each wanted one takes its value from, without any filter, as
   * Pillow adds them up (Geometry.c: ImagingScaleAffine).
   */
  private static int[] nearest(int in, int out, Window window) {
    int[] places = new int[window.size()];
    double step = (double) in / out;
    double at = step * 0.5;
    for (int i = 0; i < window.from(); i++) {
      at += step;
    }
    for (int i = 0; i < places.length; i++, at += step) {
      places[i] = Math.min(in - 1, (int) at);
    }
    return places;
  }
}
