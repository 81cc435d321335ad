package io.fmviz.dataset.digit;

/** Dilates thin strokes to the width of MNIST's. */
final class StrokeDilation {
  /** The least pen width, in pixels of the box of 20: one of 200 MNIST digits has a smaller one. */
  static final double LEAST = 1.3;

  /** The median pen width of MNIST's digits, by the same measure. */
  static final double USUAL = 2.2;

  /** The least longer side, in pixels, at which the pen width is measured. */
  private static final int MEASURED = 40;

  private StrokeDilation() {}

  /**
   * Strokes cut out.
   *
   * @param more by how many of the picture's pixels they were dilated; 0 for not
   */
  record Dilated(GrayRaster picture, double more) {}

  /** The strokes cut out, dilated if they are too thin. */
  static Dilated of(Strokes strokes) {
    GrayRaster cut = strokes.cut(margin(strokes));
    if (strokes.extent() <= MnistForm.BOX) {
      // No larger than MNIST's: it is not downsampled, and a stroke may be one pixel wide.
      return new Dilated(cut, 0);
    }
    int step = Math.max(1, strokes.extent() / MEASURED);
    GrayRaster small = cut.shrunk(step);
    double extent = (double) strokes.extent() / step;
    if (PenWidth.of(small) / extent * MnistForm.BOX >= LEAST) {
      return new Dilated(cut, 0);
    }
    double pen = PenWidth.of(GrayRaster.of(strokes.mask(0), strokes.bottom() - strokes.top()));
    // The extent grows with the pen: pen + 2 more = USUAL / BOX * (extent + 2 more).
    double wanted = USUAL / MnistForm.BOX;
    double more = (wanted * strokes.extent() - pen) / (2 * (1 - wanted));
    return more <= 0 ? new Dilated(cut, 0) : new Dilated(widened(strokes, more), more);
  }

  private static int margin(Strokes strokes) {
    GrayRaster mask = GrayRaster.of(strokes.mask(0), strokes.bottom() - strokes.top());
    return (int) Math.max(1, Math.round(PenWidth.of(mask) / 2));
  }

  /** Dilation by a disc of radius {@code more}, antialiased, by the distance transform. */
  private static GrayRaster widened(Strokes strokes, double more) {
    int margin = (int) Math.ceil(more) + 1;
    boolean[] mask = strokes.mask(margin);
    int height = strokes.bottom() - strokes.top() + 2 * margin;
    float[] values = Distances.to(mask, height, mask.length / height);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.max(0, Math.min(1, more + 1 - values[i]));
    }
    return new GrayRaster(height, values.length / height, values);
  }
}
