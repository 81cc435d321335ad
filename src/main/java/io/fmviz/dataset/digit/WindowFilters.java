package io.fmviz.dataset.digit;

/**
 * Box filter, maximum filter and grey opening over square windows, cropped at the edges. The time
 * does not depend on the window's size.
 */
final class WindowFilters {
  private static final int SQUARE = 32;

  /** Filters one row or column. */
  private interface LineFilter {
    void apply(float[] line, float[] result, int length);
  }

  private WindowFilters() {}

  /** The box filter: the mean of each {@code 2 reach + 1} by {@code 2 reach + 1} pixels. */
  static GrayRaster mean(GrayRaster picture, int reach) {
    return filter(
        picture,
        (line, result, length) -> {
          double sum = 0;
          for (int i = -reach; i < length; i++) {
            sum += i + reach < length ? line[i + reach] : 0;
            sum -= i - reach - 1 >= 0 ? line[i - reach - 1] : 0;
            if (i >= 0) {
              int count = Math.min(length - 1, i + reach) - Math.max(0, i - reach) + 1;
              result[i] = (float) (sum / count);
            }
          }
        });
  }

  /**
   * The grey opening, erosion then dilation (Serra, "Image Analysis and Mathematical Morphology",
   * 1982): the ground without bright strokes narrower than the window.
   */
  static GrayRaster opening(GrayRaster picture, int reach) {
    return maximum(negative(maximum(negative(picture), reach)), reach);
  }

  /** The maximum filter: grey dilation. */
  static GrayRaster maximum(GrayRaster picture, int reach) {
    int window = 2 * reach + 1;
    int longest = Math.max(picture.height(), picture.width()) + 2 * reach + window;
    float[] forward = new float[longest];
    float[] backward = new float[longest];
    return filter(
        picture, (line, result, length) -> maximum(line, result, length, reach, forward, backward));
  }

  /**
   * Van Herk's algorithm ("A fast algorithm for local minimum and maximum filters", 1992): running
   * maxima from both ends of each block as long as a window; two of them cover any window.
   */
  private static void maximum(
      float[] line, float[] result, int length, int reach, float[] forward, float[] backward) {
    int window = 2 * reach + 1;
    int padded = (length + 2 * reach + window - 1) / window * window;
    for (int i = 0; i < padded; i++) {
      float value = value(line, i - reach, length);
      forward[i] = i % window == 0 ? value : Math.max(forward[i - 1], value);
    }
    for (int i = padded - 1; i >= 0; i--) {
      float value = value(line, i - reach, length);
      backward[i] = i % window == window - 1 ? value : Math.max(backward[i + 1], value);
    }
    for (int i = 0; i < length; i++) {
      result[i] = Math.max(backward[i], forward[i + window - 1]);
    }
  }

  private static float value(float[] line, int i, int length) {
    return i >= 0 && i < length ? line[i] : Float.NEGATIVE_INFINITY;
  }

  private static GrayRaster negative(GrayRaster picture) {
    float[] values = picture.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = -values[i];
    }
    return new GrayRaster(picture.height(), picture.width(), values);
  }

  /** Filters each row, then each column of the result. */
  private static GrayRaster filter(GrayRaster picture, LineFilter filter) {
    return turned(rows(turned(rows(picture, filter)), filter));
  }

  private static GrayRaster rows(GrayRaster picture, LineFilter filter) {
    int width = picture.width();
    float[] values = new float[picture.values().length];
    float[] line = new float[width];
    float[] result = new float[width];
    for (int start = 0; start < values.length; start += width) {
      System.arraycopy(picture.values(), start, line, 0, width);
      filter.apply(line, result, width);
      System.arraycopy(result, 0, values, start, width);
    }
    return new GrayRaster(picture.height(), width, values);
  }

  /** The transpose, in blocks: memory is read by cache lines. */
  private static GrayRaster turned(GrayRaster picture) {
    int height = picture.height();
    int width = picture.width();
    float[] values = new float[picture.values().length];
    for (int top = 0; top < height; top += SQUARE) {
      for (int left = 0; left < width; left += SQUARE) {
        for (int y = top; y < Math.min(height, top + SQUARE); y++) {
          for (int x = left; x < Math.min(width, left + SQUARE); x++) {
            values[x * height + y] = picture.values()[y * width + x];
          }
        }
      }
    }
    return new GrayRaster(/* height= */ width, /* width= */ height, values);
  }
}
