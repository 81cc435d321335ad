package io.fmviz.image;

import java.util.List;

/**
 * Horizontal bars from a line at zero, one below the other: to the right for positive values, to
 * the left for negative ones.
 *
 * @param title lines above it
 * @param labels to the left of the bars, as many as there are values
 * @param texts to the right of all bars, as many as there are values
 * @param values finite, at least one
 */
public record BarChart(
    List<String> title, List<String> labels, List<String> texts, double[] values) {
  private static final BitmapFont FONT = BitmapFont.NORMAL;
  private static final int PAPER = 0xffffff;
  private static final int INK = 0x000000;
  private static final int POSITIVE = 0xb40426;
  private static final int NEGATIVE = 0x3b4cc0;
  private static final int SPACE = 4;
  private static final int LENGTH = 320;

  public BarChart {
    if (values.length == 0 || labels.size() != values.length || texts.size() != values.length) {
      throw new IllegalArgumentException(
          "%d labels and %d texts for %d bars"
              .formatted(labels.size(), texts.size(), values.length));
    }
  }

  /** Draws it. */
  public RgbImage draw() {
    double low = 0;
    double high = 0;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    double perPixel = high > low ? (high - low) / LENGTH : 1;
    int left = SPACE + widest(labels) + SPACE;
    int zero = left + (int) Math.round(-low / perPixel);
    int right = left + LENGTH + SPACE;
    int top = SPACE + title.size() * FONT.height() + SPACE;
    int width = Math.max(right + widest(texts) + SPACE, widest(title) + 2 * SPACE);
    Canvas canvas = new Canvas(top + values.length * FONT.height() + SPACE, width, PAPER);
    for (int i = 0; i < title.size(); i++) {
      canvas.text(FONT, title.get(i), SPACE + i * FONT.height(), SPACE, INK);
    }
    for (int i = 0; i < values.length; i++) {
      int y = top + i * FONT.height();
      int length = (int) Math.round(Math.abs(values[i]) / perPixel);
      int from = values[i] < 0 ? zero - length : zero;
      canvas.fill(y + 1, from, FONT.height() - 3, length, values[i] < 0 ? NEGATIVE : POSITIVE);
      canvas.text(FONT, labels.get(i), y, left - SPACE - FONT.width(labels.get(i)), INK);
      canvas.text(FONT, texts.get(i), y, right, INK);
    }
    canvas.fill(top, zero, values.length * FONT.height(), 1, INK);
    return canvas.image();
  }

  private static int widest(List<String> lines) {
    return lines.stream().mapToInt(FONT::width).max().orElse(0);
  }
}
