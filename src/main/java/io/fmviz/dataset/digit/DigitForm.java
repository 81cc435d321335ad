package io.fmviz.dataset.digit;

/**
 * How a digit was brought into the form of MNIST's images.
 *
 * @param found where its strokes were, in the picture
 * @param placed where they are, in what the network sees
 * @param widened by how many of the network's pixels strokes that were too thin grew on each side;
 *     0 for those that weren't
 * @param inverted whether the strokes were darker than the ground
 * @param doubt what may be wrong, for people; null if nothing is
 */
public record DigitForm(Box found, Box placed, double widened, boolean inverted, String doubt) {
  /** A rectangle, in shares of the sides of what it lies in. */
  public record Box(double left, double top, double width, double height) {
    static Box of(int left, int top, int width, int height, int wholeWidth, int wholeHeight) {
      return new Box(
          (double) left / wholeWidth,
          (double) top / wholeHeight,
          (double) width / wholeWidth,
          (double) height / wholeHeight);
    }
  }

  static DigitForm of(DigitReader.Digit digit) {
    Strokes strokes = digit.strokes();
    GrayRaster picture = strokes.lifted().picture();
    MnistForm.Placed placed = digit.placed();
    double longer = Math.max(placed.height(), placed.width());
    return new DigitForm(
        Box.of(
            strokes.left(),
            strokes.top(),
            strokes.right() - strokes.left(),
            strokes.bottom() - strokes.top(),
            picture.width(),
            picture.height()),
        Box.of(
            placed.left(),
            placed.top(),
            placed.width(),
            placed.height(),
            MnistForm.SIZE,
            MnistForm.SIZE),
        digit.widened() * longer / (strokes.extent() + 2 * digit.widened()),
        digit.inverted(),
        digit.doubt());
  }
}
