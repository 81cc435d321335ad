package io.fmviz.dataset.photo;

/**
 * Where what the network sees lies on a picture. The network's pixel (y, x) is the scaled picture's
 * pixel (y + top, x + left), and that lies on the original's at {@code (x + left + 0.5) *
 * original.width / scaled.width - 0.5}, and so for y.
 *
 * @param original the picture's size, upright
 * @param scaled the size that it is scaled to
 * @param top like left below 0 where grey was put around the picture
 * @param seen what the network takes
 */
public record Placement(Size original, Size scaled, int top, int left, Size seen) {
  /** The part of the original that the network sees, in its pixels. */
  public record Area(double top, double left, double bottom, double right) {}

  public Area part() {
    double down = (double) original.height() / scaled.height();
    double across = (double) original.width() / scaled.width();
    return new Area(
        Math.max(0, top) * down,
        Math.max(0, left) * across,
        Math.min(scaled.height(), top + seen.height()) * down,
        Math.min(scaled.width(), left + seen.width()) * across);
  }

  /** What the network takes, in the original's pixels: beyond it where grey was put around. */
  Area area() {
    double down = (double) original.height() / scaled.height();
    double across = (double) original.width() / scaled.width();
    return new Area(
        top * down, left * across, (top + seen.height()) * down, (left + seen.width()) * across);
  }

  static Placement of(Preprocessing reading, Size original) {
    Size seen = reading.form().size();
    Size target = reading.fitting().scaled();
    return switch (reading.fit()) {
      case CROP -> centred(original, covering(original, target), seen);
      case STRETCH -> centred(original, target, seen);
      case LETTERBOX -> letterbox(original, seen);
      case DIGIT -> throw new IllegalArgumentException("digits are read by others");
    };
  }

  /**
   * What a picture is scaled to, so that it covers a size: torchvision's Resize where that is a
   * square (functional.py: the longer side is rounded down), timm's ResizeKeepRatio else.
   */
  private static Size covering(Size original, Size target) {
    if (target.isSquare()) {
      long side = target.height();
      double longer = Math.max(original.height(), original.width());
      int other = (int) (side * longer / original.shorter());
      return original.width() <= original.height()
          ? new Size(other, target.width())
          : new Size(target.height(), other);
    }
    double ratio =
        Math.min(
            (double) original.height() / target.height(),
            (double) original.width() / target.width());
    return new Size(
        Math.max(target.height(), (int) Math.rint(original.height() / ratio)),
        Math.max(target.width(), (int) Math.rint(original.width() / ratio)));
  }

  /** torchvision's CenterCrop: Python rounds halves to even. */
  private static Placement centred(Size original, Size scaled, Size seen) {
    return new Placement(
        original,
        scaled,
        (int) Math.rint((scaled.height() - seen.height()) / 2.0),
        (int) Math.rint((scaled.width() - seen.width()) / 2.0),
        seen);
  }

  /** As ultralytics does it (data/augment.py: LetterBox). */
  private static Placement letterbox(Size original, Size seen) {
    double scale =
        Math.min(
            (double) seen.height() / original.height(), (double) seen.width() / original.width());
    Size scaled =
        new Size(
            Math.max(1, (int) Math.rint(original.height() * scale)),
            Math.max(1, (int) Math.rint(original.width() * scale)));
    return new Placement(
        original,
        scaled,
        -(int) Math.rint((seen.height() - scaled.height()) / 2.0 - 0.1),
        -(int) Math.rint((seen.width() - scaled.width()) / 2.0 - 0.1),
        seen);
  }
}
