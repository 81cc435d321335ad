package io.fmviz.dataset.photo;

/**
 * How much larger than what is cut out of it a picture is scaled.
 *
 * @param share of the scaled picture's side that is cut out; 1 where black is put around it
 * @param scaled the size in place of a share: for a crop a square, whose side the shorter side
 *     gets; null for none
 */
record Margin(double share, Size scaled) {
  static final Margin NONE = of(1);

  static Margin of(double share) {
    return new Margin(share, null);
  }

  /** A margin for a cut whose picture's shorter side is scaled to so many pixels. */
  static Margin ofShorter(Size cut, int side) {
    return of(cut, new Size(side, side));
  }

  /** A margin for what is cut out of a picture of some size. */
  static Margin of(Size cut, Size scaled) {
    return new Margin(Math.min(1, (double) cut.shorter() / scaled.shorter()), scaled);
  }

  /** The size that a picture is scaled to cover, as timm reckons it. */
  Size around(Size cut) {
    return scaled != null
        ? scaled
        : new Size((int) Math.floor(cut.height() / share), (int) Math.floor(cut.width() / share));
  }
}
