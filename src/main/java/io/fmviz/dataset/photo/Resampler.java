package io.fmviz.dataset.photo;

import io.fmviz.base.Exact;
import io.fmviz.dataset.photo.Filter.Window;
import java.util.Arrays;

/**
 * Scales pictures as Pillow does (Resample.c), to the bit: first along the rows, then along the
 * columns, each rounded to bytes. Of both passes only what is wanted is computed.
 */
final class Resampler {
  /** What rounds a sum. */
  static final int HALF = 1 << (Filter.PRECISION - 1);

  private final Pixels pixels;
  private final Filter down;
  private final Filter across;
  private final int channels;

  private Resampler(Pixels pixels, Filter down, Filter across) {
    this.pixels = pixels;
    this.down = down;
    this.across = across;
    this.channels = pixels.channels();
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
    return scale(
        pixels,
        Filter.of(pixels.height(), scaled.height(), rows, interpolation),
        Filter.of(pixels.width(), scaled.width(), columns, interpolation));
  }

  /** Scales a picture by a filter for each direction. */
  static byte[] scale(Pixels pixels, Filter down, Filter across) {
    return new Resampler(pixels, down, across).scaled();
  }

  private byte[] scaled() {
    int height = down.first().length;
    int length = Exact.product(across.first().length, channels);
    byte[] result = new byte[Exact.product(height, length)];
    // Rows are used again by those below only: as many as go into one are kept.
    int[][] kept = new int[down.span()][length];
    int[] sums = new int[length];
    int done = 0;
    for (int y = 0; y < height; y++) {
      int first = down.first()[y];
      int end = first + down.count()[y];
      for (done = Math.max(done, first); done < end; done++) {
        row(done, kept[done % kept.length]);
      }
      Arrays.fill(sums, HALF);
      for (int k = 0; k < end - first; k++) {
        add(kept[(first + k) % kept.length], down.weights()[y * down.span() + k], sums);
      }
      for (int i = 0; i < length; i++) {
        result[y * length + i] = (byte) clip(sums[i]);
      }
    }
    return result;
  }

  /** A loop of its own: the compiler makes vectors of it. */
  static void add(int[] row, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += row[i] * weight;
    }
  }

  private void row(int y, int[] target) {
    if (channels == 1) {
      gray(y, target);
    } else {
      color(y, target);
    }
  }

  private void gray(int y, int[] target) {
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

  private void color(int y, int[] target) {
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

  /** A sum as a byte. */
  static int clip(int sum) {
    return Math.max(0, Math.min(255, sum >> Filter.PRECISION));
  }
}
