package io.fmviz.dataset.digit;

import io.fmviz.base.Exact;

/**
 * MNIST's normalization: bright strokes on black, scaled by area averaging into a box of 20 x 20
 * pixels with their aspect ratio kept, and placed into 28 x 28 with the centre of mass at pixel
 * (14, 14) (LeCun, Cortes and Burges, "The MNIST database of handwritten digits").
 */
final class MnistForm {
  static final int SIZE = 28;
  static final int BOX = 20;

  /** The least value of a stroke; less is JPEG's noise around one. */
  static final float STROKE = 0.1f;

  private MnistForm() {}

  /**
   * A digit.
   *
   * @param pixels {@code (28, 28)} bytes
   * @param top of its box in them, like the others in pixels
   */
  record Placed(byte[] pixels, int top, int left, int height, int width) {}

  /**
   * Normalizes a picture.
   *
   * @param picture strokes near 1 on a ground of 0, not blank; the brightest pixel becomes 255
   */
  static Placed of(GrayRaster picture) {
    GrayRaster box = boxed(picture);
    double brightest = 0;
    double mass = 0;
    double rows = 0;
    double columns = 0;
    for (int y = 0; y < box.height(); y++) {
      for (int x = 0; x < box.width(); x++) {
        brightest = Math.max(brightest, box.value(y, x));
        mass += box.value(y, x);
        rows += y * (double) box.value(y, x);
        columns += x * (double) box.value(y, x);
      }
    }
    int top = offset(rows / mass, box.height());
    int left = offset(columns / mass, box.width());
    byte[] bytes = new byte[SIZE * SIZE];
    for (int y = 0; y < box.height(); y++) {
      for (int x = 0; x < box.width(); x++) {
        bytes[(top + y) * SIZE + left + x] = (byte) Math.round(255 * box.value(y, x) / brightest);
      }
    }
    return new Placed(bytes, top, left, box.height(), box.width());
  }

  /** The offset that centres a box by its centre of mass, clamped to the image. */
  private static int offset(double center, int size) {
    return Math.max(0, Math.min(SIZE - size, (int) Math.round(SIZE / 2.0 - center)));
  }

  /** The strokes' bounding box, its longer side scaled to 20 pixels. */
  private static GrayRaster boxed(GrayRaster picture) {
    int top = picture.height();
    int left = picture.width();
    int bottom = 0;
    int right = 0;
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        if (picture.value(y, x) > STROKE) {
          top = Math.min(top, y);
          left = Math.min(left, x);
          bottom = Math.max(bottom, y + 1);
          right = Math.max(right, x + 1);
        }
      }
    }
    int longer = Math.max(bottom - top, right - left);
    int height = Math.max(1, Math.round((bottom - top) * (float) BOX / longer));
    int width = Math.max(1, Math.round((right - left) * (float) BOX / longer));
    float[] values = new float[Exact.product(height, width)];
    for (int y = 0; y < height; y++) {
      double y0 = top + (bottom - top) * (double) y / height;
      double y1 = top + (bottom - top) * (double) (y + 1) / height;
      for (int x = 0; x < width; x++) {
        double x0 = left + (right - left) * (double) x / width;
        double x1 = left + (right - left) * (double) (x + 1) / width;
        values[y * width + x] = (float) mean(picture, y0, y1, x0, x1);
      }
    }
    return new GrayRaster(height, width, values);
  }

  /** The area-weighted mean over a rectangle whose edges may lie within pixels. */
  private static double mean(GrayRaster picture, double y0, double y1, double x0, double x1) {
    double sum = 0;
    for (int y = (int) y0; y < Math.min(Math.ceil(y1), picture.height()); y++) {
      double high = Math.min(y + 1, y1) - Math.max(y, y0);
      for (int x = (int) x0; x < Math.min(Math.ceil(x1), picture.width()); x++) {
        sum += high * (Math.min(x + 1, x1) - Math.max(x, x0)) * picture.value(y, x);
      }
    }
    return sum / ((y1 - y0) * (x1 - x0));
  }
}
