package io.fmviz.dataset.photo;

/**
 * How much larger than what is cut out of it a picture is scaled.
 *
 * @param share of the scaled picture's side that is cut out
 * @param shorter the scaled picture's shorter side, in place of a share; null for none
 */
record Margin(double share, Integer shorter) {
  static final Margin NONE = new Margin(1, null);

  static Margin of(double share) {
    return new Margin(share, null);
  }

  /** The size that a picture is scaled to cover, as timm reckons it. */
  Size around(Size cut) {
    if (shorter != null) {
      double scale = Math.max(1, (double) shorter / cut.shorter());
      return new Size((int) Math.rint(cut.height() * scale), (int) Math.rint(cut.width() * scale));
    }
    return new Size((int) Math.floor(cut.height() / share), (int) Math.floor(cut.width() / share));
  }
}
