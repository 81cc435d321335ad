package io.fmviz.dataset.photo;

import java.awt.image.Raster;

/** Pictures in printing inks, as Pillow makes red, green and blue of them (Convert.c: cmyk2rgb). */
final class Inks {
  private Inks() {}

  /**
   * Of a JPEG. All programs keep inks in one as Adobe's do, inverted: the light that each leaves.
   *
   * @param ycck whether three of them are kept as YCbCr
   */
  static Flattened light(Raster raster, boolean ycck) {
    Canvas canvas = new Canvas(raster.getHeight(), raster.getWidth(), 3);
    int[] row = new int[raster.getWidth() * raster.getNumBands()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int i = 0; i < row.length; i += 4) {
        if (ycck) {
          toInk(row, i);
        }
        add(canvas, 255 - row[i], 255 - row[i + 1], 255 - row[i + 2], row[i + 3]);
      }
    }
    return canvas.flattened();
  }

  /** Of another file, where they are kept as they are. */
  static Flattened ink(Raster raster) {
    Canvas canvas = new Canvas(raster.getHeight(), raster.getWidth(), 3);
    int shift = raster.getSampleModel().getSampleSize(0) - 8;
    int bands = raster.getNumBands();
    int[] row = new int[raster.getWidth() * bands];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int i = 0; i < row.length; i += bands) {
        add(
            canvas,
            row[i] >> shift,
            row[i + 1] >> shift,
            row[i + 2] >> shift,
            255 - (row[i + 3] >> shift));
      }
    }
    return canvas.flattened();
  }

  private static void add(Canvas canvas, int cyan, int magenta, int yellow, int light) {
    canvas.add(clip(light - Canvas.divided(cyan * light)), 255);
    canvas.add(clip(light - Canvas.divided(magenta * light)), 255);
    canvas.add(clip(light - Canvas.divided(yellow * light)), 255);
  }

  /** YCbCr to the three inks in libjpeg's arithmetic (jdcolor.c: ycck_cmyk_convert). */
  private static void toInk(int[] row, int i) {
    int luma = row[i];
    int blue = row[i + 1] - 128;
    int red = row[i + 2] - 128;
    row[i] = clip(255 - (luma + ((91881 * red + 32768) >> 16)));
    row[i + 1] = clip(255 - (luma + ((-22554 * blue - 46802 * red + 32768) >> 16)));
    row[i + 2] = clip(255 - (luma + ((116130 * blue + 32768) >> 16)));
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
