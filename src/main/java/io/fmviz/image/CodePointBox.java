package io.fmviz.image;

/** A character that can't be drawn: the hexadecimal digits of its code point, in a frame. */
final class CodePointBox {
  private static final BitmapFont DIGITS = BitmapFont.SMALL;

  /** Beside the digits: one for the frame, and one on either side of it. */
  private static final int SPACE = 3;

  private CodePointBox() {}

  static Mask of(int codePoint, int height) {
    Mask digits = DIGITS.mask("%04X".formatted(codePoint));
    Mask box = Mask.empty(height, digits.width() + 2 * SPACE - 1);
    int top = (height - digits.height()) / 2;
    for (int row = 0; row < digits.height(); row++) {
      for (int column = 0; column < digits.width(); column++) {
        if (digits.at(row, column) > 0) {
          box.set(top + row, SPACE + column);
        }
      }
    }
    if (top > 0) {
      frame(box);
    }
    return box;
  }

  private static void frame(Mask box) {
    for (int column = 1; column < box.width() - 1; column++) {
      box.set(0, column);
      box.set(box.height() - 1, column);
    }
    for (int row = 0; row < box.height(); row++) {
      box.set(row, 1);
      box.set(row, box.width() - 2);
    }
  }
}
