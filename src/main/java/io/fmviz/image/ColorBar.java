package io.fmviz.image;

import io.fmviz.base.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.IntStream;

/** The colours from top to bottom, the highest value's first, with numbers beside them. */
record ColorBar(HeatMap.Shades shades) {
  private static final BitmapFont FONT = BitmapFont.NORMAL;
  private static final int INK = 0x000000;
  private static final int SPACE = 4;
  private static final int WIDTH = 12;
  private static final int STEPS = 5;
  private static final MathContext SHOWN = new MathContext(3);

  /** So that no number lies on another. */
  static final int LEAST_HEIGHT = STEPS * FONT.height();

  /** With its numbers. */
  int width() {
    int widest =
        IntStream.range(0, STEPS).map(step -> FONT.width(number(step))).max().orElseThrow();
    return WIDTH + SPACE + widest;
  }

  void draw(Canvas canvas, int top, int left, int height) {
    for (int y = 0; y < height; y++) {
      int index = (int) Math.round(255.0 * (height - 1 - y) / Math.max(height - 1, 1));
      canvas.fill(top + y, left, 1, WIDTH, shades.colormap().color(index));
    }
    for (int i = 0; i < STEPS; i++) {
      int at = top + (STEPS - 1 - i) * (height - FONT.height()) / (STEPS - 1);
      canvas.text(FONT, number(i), at, left + WIDTH + SPACE, INK);
    }
  }

  /** The value at a step, from the bottom. */
  private String number(int step) {
    double value = shades.at(step, STEPS);
    return Math.abs(value) < 1e-3
        ? Numbers.significant(value)
        : new BigDecimal(value, SHOWN).stripTrailingZeros().toPlainString();
  }
}
