package io.fmviz.dataset.digit;

import io.fmviz.base.UserException;

/** Reads a digit from a picture: its polarity, its strokes, MNIST's form of them, and doubts. */
final class DigitReader {
  /** A digit smaller than this share of its picture's longer side is doubtful. */
  private static final double SMALL = 0.03;

  /** So is one of less contrast; the contrast of white and black is 1. */
  private static final double FAINT = 0.06;

  /** A part beside the main one, and at least this share as high, is another digit. */
  private static final double SECOND = 0.5;

  /** What fills more of its bounding box is a sheet of paper rather than strokes. */
  private static final double SHEET = 0.8;

  /** The least ratio of a sheet's shorter side to its longer. */
  private static final double WIDE = 0.4;

  /** The least ratio of a digit's extent to its sheet's. */
  private static final double ON_SHEET = 0.2;

  private DigitReader() {}

  /**
   * A digit in the form of MNIST's images.
   *
   * @param strokes in the picture
   * @param widened by how many of its pixels they were dilated; 0 for not
   * @param inverted whether its strokes are darker than the ground
   * @param doubt what may be wrong, for people; null if nothing is
   */
  record Digit(
      MnistForm.Placed placed, Strokes strokes, double widened, boolean inverted, String doubt) {
    /** {@code (28, 28)} bytes. */
    byte[] pixels() {
      return placed.pixels();
    }
  }

  /**
   * Reads a picture.
   *
   * @param name of the picture, for people
   * @param invert whether the strokes are darker than the ground; null to detect it
   * @throws UserException if it is blank
   */
  static Digit read(String name, GrayRaster picture, Boolean invert) {
    if (picture.isBlank()) {
      throw new UserException(
          "%s is blank, all its %d x %d pixels are equal: give a picture with strokes in it"
              .formatted(name, picture.width(), picture.height()));
    }
    return read(picture, invert);
  }

  /**
   * Reads a picture.
   *
   * @param picture not blank
   * @param invert whether the strokes are darker than the ground; null to detect it
   */
  static Digit read(GrayRaster picture, Boolean invert) {
    boolean dark = invert == null ? Polarity.isDark(picture) : invert;
    Strokes strokes = strokes(picture, dark);
    if (invert == null && isSheet(strokes)) {
      Strokes others = strokes(picture, !dark);
      if (isOnSheet(others, strokes)) {
        strokes = others;
        dark = !dark;
      }
    }
    StrokeDilation.Dilated dilated = StrokeDilation.of(strokes);
    return new Digit(
        MnistForm.of(dilated.picture()), strokes, dilated.more(), dark, doubt(strokes));
  }

  private static boolean isSheet(Strokes strokes) {
    double shorter = Math.min(strokes.bottom() - strokes.top(), strokes.right() - strokes.left());
    return strokes.fill() > SHEET && shorter > WIDE * strokes.extent();
  }

  private static boolean isOnSheet(Strokes digit, Strokes sheet) {
    return !digit.parts().isEmpty()
        && sheet.surround(digit)
        && digit.extent() >= ON_SHEET * sheet.extent()
        && digit.fill() < SHEET;
  }

  private static Strokes strokes(GrayRaster picture, boolean dark) {
    return StrokeFinder.find(dark ? picture.inverted() : picture);
  }

  private static String doubt(Strokes strokes) {
    GrayRaster picture = strokes.lifted().picture();
    Component main = strokes.parts().get(0);
    if (strokes.extent() < SMALL * Math.max(picture.height(), picture.width())
        || strokes.lifted().range() * main.mass() / main.area() < FAINT) {
      return "is nearly empty";
    }
    if (strokes.parts().stream()
        .anyMatch(c -> c.isBeside(main) && c.height() >= SECOND * main.height())) {
      return "shows several digits";
    }
    if (strokes.parts().stream().anyMatch(c -> c.contact() > 0)) {
      return "touches the border";
    }
    return null;
  }
}
