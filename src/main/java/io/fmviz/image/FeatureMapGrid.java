package io.fmviz.image;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Lays the maps of one layer out as one picture, as torchvision's {@code make_grid} and {@code
 * save_image} do: map k stands in row k div x and column k mod x of a grid with x = min(nrow, C)
 * columns, with padding between maps and around them. A value v becomes the grey trunc(clamp(255 v
 * + 0.5, 0, 255)), computed in float32; NaN becomes 0.
 *
 * <p>One deviation: torchvision returns a single map without padding; here it is padded like any
 * other.
 */
public final class FeatureMapGrid {
  private FeatureMapGrid() {}

  /**
   * Draws maps.
   *
   * @param maps {@code (channels, height, width)}, row by row
   * @return a picture of {@code ceil(C / x) (height + p) + p} rows and {@code x (width + p) + p}
   *     columns
   * @throws io.fmviz.base.UserException if there would be too many pixels
   */
  public static GrayImage draw(
      float[] maps, int channels, int height, int width, GridOptions options) {
    return draw(maps, channels, height, width, options, byte[]::new);
  }

  /**
   * Draws into memory that may have been used before.
   *
   * @param memory gives an array of at least so many bytes
   */
  static GrayImage draw(
      float[] maps,
      int channels,
      int height,
      int width,
      GridOptions options,
      IntFunction<byte[]> memory) {
    if (maps.length != (long) channels * height * width || maps.length == 0) {
      throw new IllegalArgumentException(
          "%d values are not %d maps of %d x %d".formatted(maps.length, channels, height, width));
    }
    check(channels, height, width, options, 1);
    int p = options.padding();
    int columns = options.columns(channels, height, width);
    TilePlaces places = TilePlaces.grid(channels, columns, height, width, p);
    int size = places.height() * places.width();
    byte[] pixels = memory.apply(size);
    Arrays.fill(pixels, 0, size, grey(options.padValue()));
    int from = 0;
    for (int k = 0; k < channels; k++) {
      int first = places.top(k) * places.width() + places.left(k);
      for (int row = 0; row < height; row++) {
        int to = first + row * places.width();
        for (int end = from + width; from < end; from++) {
          pixels[to++] = grey(maps[from]);
        }
      }
    }
    return new GrayImage(places.height(), places.width(), pixels);
  }

  /** Checks the size of a grid that is drawn and then scaled. */
  static void check(int channels, int height, int width, GridOptions options, int scale) {
    int p = options.padding();
    int columns = options.columns(channels, height, width);
    int rows = (channels + columns - 1) / columns;
    PictureSize.check((long) rows * (height + p) + p, (long) columns * (width + p) + p);
    PictureSize.check(
        scale * ((long) rows * (height + p) + p), scale * ((long) columns * (width + p) + p));
  }

  /** Java's cast truncates, and takes NaN to 0. */
  static byte grey(float value) {
    return (byte) (int) Math.max(0f, Math.min(255f, value * 255f + 0.5f));
  }
}
