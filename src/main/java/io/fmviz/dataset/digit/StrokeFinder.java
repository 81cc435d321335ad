package io.fmviz.dataset.digit;

/** Segments a digit's bright strokes under any illumination. */
final class StrokeFinder {
  /** The noise, as a standard deviation, above which a box filter is applied first. */
  private static final float NOISE = 0.03f;

  /** The reach of the first opening, as a share of the shorter side. */
  private static final double REACH = 1 / 6.0;

  /** The reach of the second opening, in pen widths: its window is wider than any stroke. */
  private static final double WIDTHS = 2;

  /** Less than this share of the whole contrast, and the opening has removed the strokes. */
  private static final float LOST = 0.25f;

  /**
   * On even paper, strokes are a smaller share of a shadow's area. What touches the border and is
   * no shadow is a digit that fills its picture.
   */
  private static final double PART = 0.25;

  /** The box filter's reach is at most the shorter side divided by this. */
  private static final int LEAST_WINDOWS = 30;

  private StrokeFinder() {}

  /**
   * Finds the strokes.
   *
   * @param picture strokes brighter than the ground; not blank
   */
  static Strokes find(GrayRaster picture) {
    int shorter = Math.min(picture.height(), picture.width());
    int reach = Math.min(Noise.reach(Noise.of(picture), NOISE), shorter / LEAST_WINDOWS);
    GrayRaster smooth = reach > 0 ? WindowFilters.mean(picture, reach) : picture;
    Foreground flat = Foreground.flat(smooth);
    Strokes even = StrokeSearch.in(flat);
    if (flat.even() && even.erased() == 0) {
      return even;
    }
    int first = (int) Math.ceil(REACH * shorter);
    Strokes local = StrokeSearch.in(Foreground.local(smooth, first));
    boolean isLost =
        local.parts().isEmpty()
            || local.lifted().range() < LOST * flat.range()
            || (flat.even() && even.isOfTheBorder() && local.area() > PART * even.area());
    if (isLost) {
      return even;
    }
    int second = (int) Math.ceil(WIDTHS * PenWidth.largest(local)) + 1;
    if (second >= first) {
      return local;
    }
    Strokes closer =
        StrokeSearch.in(Foreground.local(smooth, second).within(local.lifted().picture()));
    return closer.parts().isEmpty() ? local : closer;
  }
}
