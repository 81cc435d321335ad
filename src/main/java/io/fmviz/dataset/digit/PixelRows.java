package io.fmviz.dataset.digit;

import io.fmviz.dataset.file.Levels;
import io.fmviz.dataset.file.Samples;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Converts rows of decoded pixels to grey. */
final class PixelRows {
  /** ITU-R BT.601's luma weights. */
  private static final float RED = 0.299f;

  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  private PixelRows() {}

  /**
   * Adds the pixels of an image.
   *
   * @param top the row of its first pixel in the whole picture
   */
  static void add(BufferedImage image, int top, GrayMeans means) {
    boolean isGray =
        image.getColorModel().getNumColorComponents() == 1
            && !(image.getColorModel() instanceof IndexColorModel);
    if (isGray) {
      addGray(image, top, means);
      return;
    }
    int[] row = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int x = 0; x < row.length; x++) {
        int argb = row[x];
        float gray = gray((argb >> 16) & 0xff, (argb >> 8) & 0xff, argb & 0xff);
        means.add(top + y, x, gray, (argb >>> 24) / 255f);
      }
    }
  }

  /** Adds samples that aren't the usual eight bits. */
  static void add(Samples samples, Levels levels, int top, GrayMeans means) {
    int colors = samples.colors();
    int step = colors + (samples.hasAlpha() ? 1 : 0);
    for (int y = 0; y < samples.height(); y++) {
      double[] row = samples.row(y);
      for (int x = 0; x < samples.width(); x++) {
        int i = x * step;
        float red = levels.share(row[i]);
        float gray =
            colors == 1
                ? red
                : RED * red + GREEN * levels.share(row[i + 1]) + BLUE * levels.share(row[i + 2]);
        float alpha = samples.hasAlpha() ? levels.alpha(row[i + colors]) / 255f : 1;
        means.add(
            top + y,
            x,
            samples.isMultiplied() && alpha > 0 ? Math.min(1, gray / alpha) : gray,
            alpha);
      }
    }
  }

  /** Reads grey samples from the raster: getRGB would apply a gamma curve. */
  private static void addGray(BufferedImage image, int top, GrayMeans means) {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    boolean hasAlpha = image.getColorModel().hasAlpha();
    float largest = (1 << image.getSampleModel().getSampleSize(0)) - 1;
    int[] row = new int[image.getWidth() * bands];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, image.getWidth(), 1, row);
      for (int x = 0; x < image.getWidth(); x++) {
        float alpha = hasAlpha ? row[x * bands + 1] / largest : 1;
        means.add(top + y, x, row[x * bands] / largest, alpha);
      }
    }
  }

  /**
   * Adds the pixels of a CMYK JPEG. All programs store them inverted, as Adobe's do: the light that
   * each ink leaves.
   *
   * @param ycck whether CMY is stored as YCbCr (JFIF), inverted once more
   */
  static void addInks(Raster raster, int top, boolean ycck, GrayMeans means) {
    int[] row = new int[raster.getWidth() * raster.getNumBands()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int x = 0; x < raster.getWidth(); x++) {
        int i = 4 * x;
        // Y is the luma of CMY, whatever Cb and Cr are.
        float gray = ycck ? 1 - row[i] / 255f : gray(row[i], row[i + 1], row[i + 2]);
        means.add(top + y, x, gray * row[i + 3] / 255, 1);
      }
    }
  }

  private static float gray(int red, int green, int blue) {
    return red == green && green == blue
        ? red / 255f
        : (RED * red + GREEN * green + BLUE * blue) / 255;
  }
}
