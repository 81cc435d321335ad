package io.fmviz.image;

import java.util.Locale;

/**
 * A character that can't be drawn, as the hexadecimal digits of its code point, small: in two rows
 * where the font is high enough for these.
 */
final class CodePointBox {
  /** The digits 0 to f, 3 x 5 pixels each, row by row from the highest bit. */
  private static final int[] DIGITS = {
    0b111_101_101_101_111,
    0b010_110_010_010_111,
    0b111_001_111_100_111,
    0b111_001_111_001_111,
    0b101_101_111_001_001,
    0b111_100_111_001_111,
    0b111_100_111_101_111,
    0b111_001_010_010_010,
    0b111_101_111_101_111,
    0b111_101_111_001_111,
    0b010_101_111_101_101,
    0b110_101_110_101_110,
    0b111_100_100_100_111,
    0b110_101_101_101_110,
    0b111_100_111_100_111,
    0b111_100_111_100_100
  };

  private static final int WIDTH = 3;
  private static final int HEIGHT = 5;
  private static final int APART = 1;

  /** Between two characters. */
  private static final int SPACE = 2;

  private CodePointBox() {}

  static Mask of(int codePoint, int height) {
    String digits = "%04x".formatted(codePoint).toLowerCase(Locale.ROOT);
    int rows = height >= 2 * HEIGHT + APART ? 2 : 1;
    digits = digits.length() % rows == 0 ? digits : "0" + digits;
    int columns = digits.length() / rows;
    Mask mask = Mask.empty(height, columns * (WIDTH + APART) - APART + SPACE);
    int top = (height - rows * (HEIGHT + APART) + APART) / 2;
    for (int i = 0; i < digits.length(); i++) {
      int bits = DIGITS[Character.digit(digits.charAt(i), 16)];
      int y = top + i / columns * (HEIGHT + APART);
      int x = SPACE / 2 + i % columns * (WIDTH + APART);
      for (int bit = 0; bit < WIDTH * HEIGHT; bit++) {
        if ((bits >> (WIDTH * HEIGHT - 1 - bit) & 1) != 0) {
          mask.set(y + bit / WIDTH, x + bit % WIDTH);
        }
      }
    }
    return mask;
  }
}
