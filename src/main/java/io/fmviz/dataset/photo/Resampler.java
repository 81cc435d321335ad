package io.fmviz.dataset.photo;

import io.fmviz.base.Exact;
import io.fmviz.dataset.photo.Filter.Window;
import java.util.Arrays;

/**
 * Scales pictures as Pillow does (Resample.c), to the bit: first along the rows, then along the
 * columns, each rounded to bytes. Of both passes only what is wanted is computed.
 */
final class Resampler {
  private static final int HALF = 1 << (Filter.PRECISION - 1);

  private final Pixels pixels;
  private final Window rows;
  private final Window columns;
  private final int channels;
  private final byte[] result;

  private Resampler(Pixels pixels, Window rows, Window columns) {
    this.pixels = pixels;
    this.rows = rows;
    this.columns = columns;
    this.channels = pixels.channels();
    this.result = new byte[Exact.product(rows.size(), columns.size(), channels)];
  }

  /**
   * Scales a picture.
   *
   * @param scaled the size of all of it
   * @param rows like columns which of that are wanted
   * @return these, row by row, {@code (height, width, channels)}
   */
  static byte[] scale(
      Pixels pixels, Size scaled, Window rows, Window columns, Interpolation interpolation) {
    Resampler resampler = new Resampler(pixels, rows, columns);
    if (interpolation == Interpolation.NEAREST) {
      resampler.nearest(scaled);
    } else {
      resampler.filtered(scaled, interpolation);
    }
    return resampler.result;
  }

  private void nearest(Size scaled) {
    int[] down = Filter.nearest(pixels.height(), scaled.height(), rows);
    int[] across = Filter.nearest(pixels.width(), scaled.width(), columns);
    int at = 0;
    for (int y : down) {
      for (int x : across) {
        for (int c = 0; c < channels; c++) {
          result[at++] = (byte) pixels.value(y, x, c);
        }
      }
    }
  }

  private void filtered(Size scaled, Interpolation interpolation) {
    Filter across = filter(pixels.width(), scaled.width(), columns, interpolation);
    Filter down = filter(pixels.height(), scaled.height(), rows, interpolation);
    int length = Exact.product(columns.size(), channels);
    // Rows are used again by those below only: as many as go into one are kept.
    int[][] kept = new int[down.span()][length];
    int[] sums = new int[length];
    int done = 0;
    for (int y = 0; y < rows.size(); y++) {
      int first = down.first()[y];
      int end = first + down.count()[y];
      for (done = Math.max(done, first); done < end; done++) {
        row(done, across, kept[done % kept.length]);
      }
      Arrays.fill(sums, HALF);
      for (int k = 0; k < end - first; k++) {
        add(kept[(first + k) % kept.length], down.weights()[y * down.span() + k], sums);
      }
      for (int i = 0; i < length; i++) {
        result[y * length + i] = (byte) clip(sums[i]);
      }
    }
  }

  /** A side that keeps its length is copied: one place goes into each, whole. */
  private static Filter filter(int in, int out, Window window, Interpolation interpolation) {
    if (in != out) {
      return Filter.of(in, out, window, interpolation);
    }
    int[] first = new int[window.size()];
    int[] ones = new int[window.size()];
    int[] whole = new int[window.size()];
    for (int i = 0; i < first.length; i++) {
      first[i] = window.from() + i;
      ones[i] = 1;
      whole[i] = 1 << Filter.PRECISION;
    }
    return new Filter(first, ones, whole, 1);
  }

  /** A loop of its own: the compiler makes vectors of it. */
  private static void add(int[] row, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += row[i] * weight;
    }
  }

  private void row(int y, Filter across, int[] target) {
    if (channels == 1) {
      gray(y, across, target);
    } else {
      color(y, across, target);
    }
  }

  private void gray(int y, Filter across, int[] target) {
    byte[] data = pixels.data();
    int step = pixels.steps().column();
    int begin = pixels.steps().first() + y * pixels.steps().row() + pixels.offsets()[0];
    for (int x = 0; x < target.length; x++) {
      int at = begin + across.first()[x] * step;
      int from = x * across.span();
      int sum = HALF;
      for (int k = from; k < from + across.count()[x]; k++, at += step) {
        sum += (data[at] & 0xff) * across.weights()[k];
      }
      target[x] = clip(sum);
    }
  }

  private void color(int y, Filter across, int[] target) {
    byte[] data = pixels.data();
    int[] weights = across.weights();
    int step = pixels.steps().column();
    int begin = pixels.steps().first() + y * pixels.steps().row();
    int toRed = pixels.offsets()[0];
    int toGreen = pixels.offsets()[1];
    int toBlue = pixels.offsets()[2];
    for (int x = 0, i = 0; i < target.length; x++, i += 3) {
      int at = begin + across.first()[x] * step;
      int from = x * across.span();
      int end = from + across.count()[x];
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      for (int k = from; k < end; k++, at += step) {
        int weight = weights[k];
        red += (data[at + toRed] & 0xff) * weight;
        green += (data[at + toGreen] & 0xff) * weight;
        blue += (data[at + toBlue] & 0xff) * weight;
      }
      target[i] = clip(red);
      target[i + 1] = clip(green);
      target[i + 2] = clip(blue);
    }
  }

  private static int clip(int sum) {
    return Math.max(0, Math.min(255, sum >> Filter.PRECISION));
  }
}
