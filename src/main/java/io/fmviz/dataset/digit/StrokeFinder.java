package io.fmviz.dataset.digit;

/** Finds a digit's bright strokes in a picture under any light. */
final class StrokeFinder {
  /** The noise, as a standard deviation, above which a picture is smoothed first. */
  private static final float NOISE = 0.03f;

  /** Half the side of the first window that the ground is looked for in, of the shorter side. */
  private static final double REACH = 1 / 6.0;

  /** A window of half this many widths of the pen can't lie within a stroke. */
  private static final double WIDTHS = 2;

  /** The share of the whole contrast below which strokes are thought to be taken for ground. */
  private static final float LOST = 0.25f;

  /**
   * Strokes in a shadow on even paper are a smaller share of it. What reaches the border and is no
   * shadow is a digit that fills its picture.
   */
  private static final double PART = 0.25;

  /** A picture that is smoothed has room for this many windows' halves. */
  private static final int LEAST_WINDOWS = 30;

  private StrokeFinder() {}

  /**
   * Finds them.
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
