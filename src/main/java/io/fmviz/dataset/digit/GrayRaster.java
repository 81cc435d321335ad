package io.fmviz.dataset.digit;

import io.fmviz.base.Exact;
import io.fmviz.dataset.file.ImageTags;

/**
 * A grey picture of any size.
 *
 * @param values {@code (height, width)}, row by row, from 0, black, to 1, white
 */
record GrayRaster(int height, int width, float[] values) {
  /** A mask as a picture: white where it is set. */
  static GrayRaster of(boolean[] set, int height) {
    float[] values = new float[set.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = set[i] ? 1 : 0;
    }
    return new GrayRaster(height, set.length / height, values);
  }

  float value(int row, int column) {
    return values[row * width + column];
  }

  /** Whether all pixels are equal. */
  boolean isBlank() {
    for (float value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  /** The negative: white for black. */
  GrayRaster inverted() {
    float[] inverse = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      inverse[i] = 1 - values[i];
    }
    return new GrayRaster(height, width, inverse);
  }

  /** Block means; the blocks at the right and bottom edges may be smaller. */
  GrayRaster shrunk(int step) {
    if (step == 1) {
      return this;
    }
    GrayMeans means = new GrayMeans(height, width, step);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        means.add(y, x, value(y, x), 1);
      }
    }
    return means.over(0);
  }

  /** Turned and mirrored as EXIF's orientation says (CIPA DC-008, Orientation). */
  GrayRaster upright(int orientation) {
    boolean turned = ImageTags.isTurned(orientation);
    int seenHeight = turned ? width : height;
    int seenWidth = turned ? height : width;
    boolean up = ImageTags.isUpsideDown(orientation);
    boolean left = ImageTags.isMirrored(orientation);
    float[] seen = new float[Exact.product(seenHeight, seenWidth)];
    for (int y = 0; y < seenHeight; y++) {
      for (int x = 0; x < seenWidth; x++) {
        int fromTop = up ? seenHeight - 1 - y : y;
        int fromLeft = left ? seenWidth - 1 - x : x;
        seen[y * seenWidth + x] = turned ? value(fromLeft, fromTop) : value(fromTop, fromLeft);
      }
    }
    return new GrayRaster(seenHeight, seenWidth, seen);
  }
}
