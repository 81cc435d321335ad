package io.fmviz.dataset.digit;

/** Makes thin strokes as wide as those of MNIST are. */
final class StrokeDilation {
  /** Of 200 digits of MNIST's, one has thinner strokes: in pixels of the box of 20. */
  static final double LEAST = 1.3;

  /** The median of MNIST's, by the same measure. */
  static final double USUAL = 2.2;

  /** Pixels of a digit's longer side that are enough to measure its strokes. */
  private static final int MEASURED = 40;

  private StrokeDilation() {}

  /** The strokes alone, none of them too thin. */
  static GrayRaster of(Strokes strokes) {
    GrayRaster cut = strokes.cut(margin(strokes));
    if (strokes.extent() <= MnistForm.BOX) {
      // As small as MNIST's: nothing will be reduced, and one pixel is a stroke.
      return cut;
    }
    int step = Math.max(1, strokes.extent() / MEASURED);
    GrayRaster small = cut.shrunk(step);
    double extent = (double) strokes.extent() / step;
    if (PenWidth.of(small) / extent * MnistForm.BOX >= LEAST) {
      return cut;
    }
    double pen = PenWidth.of(GrayRaster.of(strokes.mask(0), strokes.bottom() - strokes.top()));
    // The box grows with the pen: pen + 2 more = USUAL / BOX * (extent + 2 more).
    double wanted = USUAL / MnistForm.BOX;
    double more = (wanted * strokes.extent() - pen) / (2 * (1 - wanted));
    return more <= 0 ? cut : widened(strokes, more);
  }

  private static int margin(Strokes strokes) {
    GrayRaster mask = GrayRaster.of(strokes.mask(0), strokes.bottom() - strokes.top());
    return (int) Math.max(1, Math.round(PenWidth.of(mask) / 2));
  }

  /** Drawn anew, with soft edges: what is at most so many pixels away from the strokes. */
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
