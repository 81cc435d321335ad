package io.fmviz.dataset.photo;

import io.fmviz.base.Exact;
import io.fmviz.dataset.file.ImageTags;
import java.util.Arrays;

/**
 * Scales a picture that comes strip by strip, as {@link Resampler} scales a whole one, to the byte.
 * Scaled along its rows only, it is small enough to be kept; the columns come last.
 *
 * <p>The strips of a picture that lies on its side are columns of the upright one: these are added
 * up, each into the pixels that it is a part of.
 */
final class StripScaler implements PhotoReader.Sink {
  private final Scaling scaling;
  private final int orientation;
  private final Size original;
  private final Filter down;
  private final Filter across;

  /** The first of the rows that are needed. */
  private final int top;

  /** The rows that are needed, scaled across; null before the first strip. */
  private Pixels rows;

  /** Of a picture on its side: sums of each column that isn't complete; null elsewhere. */
  private final int[][] sums;

  /** Of such a column: how many places are still to come. */
  private final int[] missing;

  private boolean isTransparent;

  /**
   * One of a picture.
   *
   * @param original its size, upright
   * @param orientation EXIF's
   */
  StripScaler(Size original, int orientation, Scaling scaling) {
    this.scaling = scaling;
    this.orientation = orientation;
    this.original = original;
    this.down = scaling.down(original.height());
    this.across = scaling.across(original.width());
    this.top = down.first()[0];
    this.sums = new int[across.first().length][];
    this.missing = across.count().clone();
  }

  @Override
  public void add(int at, Flattened part) {
    isTransparent |= part.isTransparent();
    Pixels strip = scaling.pixels(part.pixels());
    if (rows == null) {
      int height = down.end() - top;
      int width = across.first().length;
      rows =
          Pixels.of(
              new byte[Exact.product(height, width, strip.channels())],
              height,
              width,
              strip.channels());
    }
    Pixels upright = strip.upright(orientation);
    if (ImageTags.isTurned(orientation)) {
      addColumns(
          ImageTags.isMirrored(orientation) ? original.width() - at - upright.width() : at,
          upright);
    } else {
      addRows(
          ImageTags.isUpsideDown(orientation) ? original.height() - at - upright.height() : at,
          upright);
    }
  }

  private void addRows(int at, Pixels strip) {
    int from = Math.max(at, top);
    int size = Math.min(at + strip.height(), down.end()) - from;
    if (size > 0) {
      byte[] scaled = Resampler.scale(strip, Filter.same(from - at, size), across);
      System.arraycopy(scaled, 0, rows.data(), (from - top) * rows.steps().row(), scaled.length);
    }
  }

  private void addColumns(int at, Pixels strip) {
    for (int x = 0; x < sums.length; x++) {
      int first = across.first()[x];
      int from = Math.max(at, first);
      int end = Math.min(at + strip.width(), first + across.count()[x]);
      for (int column = from; column < end; column++) {
        if (sums[x] == null) {
          sums[x] = new int[Exact.product(rows.height(), rows.channels())];
          Arrays.fill(sums[x], Resampler.HALF);
        }
        add(strip, column - at, across.weights()[x * across.span() + column - first], sums[x]);
        missing[x]--;
      }
      if (missing[x] == 0 && sums[x] != null) {
        finish(x);
      }
    }
  }

  private void add(Pixels strip, int column, int weight, int[] target) {
    for (int y = 0, i = 0; y < rows.height(); y++) {
      for (int c = 0; c < rows.channels(); c++) {
        target[i++] += strip.value(top + y, column, c) * weight;
      }
    }
  }

  private void finish(int x) {
    int at = x * rows.steps().column();
    for (int y = 0, i = 0; y < rows.height(); y++, at += rows.steps().row()) {
      for (int c = 0; c < rows.channels(); c++) {
        rows.data()[at + c] = (byte) Resampler.clip(sums[x][i++]);
      }
    }
    sums[x] = null;
  }

  /** Whether some of it was. */
  boolean isTransparent() {
    return isTransparent;
  }

  /** The picture, once all strips are there. */
  Scaled scaled() {
    byte[] values = Resampler.scale(rows, down.fromFirst(), Filter.same(0, rows.width()));
    return new Scaled(values, rows.channels(), original);
  }
}
