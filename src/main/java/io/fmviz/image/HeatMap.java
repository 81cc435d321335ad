package io.fmviz.image;

import java.util.List;

/**
 * A matrix as coloured cells, with labels and a colour bar. Where cells are smaller than their
 * labels, only every n-th label is shown.
 *
 * @param title lines above it
 * @param rowLabels as many as there are rows
 * @param columnLabels as many as there are columns
 * @param values {@code (rows, columns)}, at least one of each; NaN is drawn in grey
 * @param shades which colours the values get
 * @param cellHeight pixels of a cell, at least 1
 * @param cellWidth pixels of a cell, at least 1
 */
public record HeatMap(
    List<String> title,
    List<String> rowLabels,
    List<String> columnLabels,
    double[][] values,
    Shades shades,
    int cellHeight,
    int cellWidth) {
  private static final BitmapFont FONT = BitmapFont.NORMAL;
  private static final int PAPER = 0xffffff;
  private static final int INK = 0x000000;
  private static final int SPACE = 4;

  /**
   * Colours for values.
   *
   * @param low the value at the colour map's beginning
   * @param high the value at its end, greater than {@code low}
   */
  public record Shades(double low, double high, Colormap colormap) {
    public Shades {
      if (!(high > low)) {
        throw new IllegalArgumentException("no colours between %s and %s".formatted(low, high));
      }
    }

    int color(double value) {
      return Double.isNaN(value)
          ? Colormap.NON_FINITE
          : colormap.color(FeatureMapGrid.grey((float) ((value - low) / (high - low))) & 0xff);
    }

    /** The value at a step of a number of them, from the bottom. */
    double at(int step, int steps) {
      return low + (high - low) * step / (steps - 1);
    }
  }

  public HeatMap {
    if (values.length == 0 || values.length != rowLabels.size()) {
      throw new IllegalArgumentException(
          "%d labels for %d rows".formatted(rowLabels.size(), values.length));
    }
    for (double[] row : values) {
      if (row.length == 0 || row.length != columnLabels.size()) {
        throw new IllegalArgumentException(
            "%d labels for %d columns".formatted(columnLabels.size(), row.length));
      }
    }
    if (cellHeight < 1 || cellWidth < 1) {
      throw new IllegalArgumentException("a cell of %d x %d".formatted(cellHeight, cellWidth));
    }
  }

  /** Draws it. */
  public RgbImage draw() {
    int top = SPACE + (title.size() + 1) * FONT.height() + SPACE;
    int left = SPACE + widest(rowLabels) + SPACE;
    int high = Math.max(Math.multiplyExact(values.length, cellHeight), ColorBar.LEAST_HEIGHT);
    int wide = Math.multiplyExact(columnLabels.size(), cellWidth);
    int bar = left + wide + 2 * SPACE;
    ColorBar colors = new ColorBar(shades);
    int width = Math.max(bar + colors.width() + SPACE, widest(title) + 2 * SPACE);
    Canvas canvas = new Canvas(top + high + 2 * SPACE, width, PAPER);
    for (int i = 0; i < title.size(); i++) {
      canvas.text(FONT, title.get(i), SPACE + i * FONT.height(), SPACE, INK);
    }
    drawLabels(canvas, top, left);
    for (int r = 0; r < values.length; r++) {
      for (int c = 0; c < values[r].length; c++) {
        canvas.fill(
            top + r * cellHeight,
            left + c * cellWidth,
            cellHeight,
            cellWidth,
            shades.color(values[r][c]));
      }
    }
    colors.draw(canvas, top, bar, high);
    return canvas.image();
  }

  private void drawLabels(Canvas canvas, int top, int left) {
    int step = (FONT.height() + cellHeight - 1) / cellHeight;
    for (int r = 0; r < rowLabels.size(); r += step) {
      String label = rowLabels.get(r);
      int at = top + r * cellHeight + (cellHeight - FONT.height()) / 2;
      canvas.text(FONT, label, at, left - SPACE - FONT.width(label), INK);
    }
    step = (widest(columnLabels) + SPACE + cellWidth - 1) / cellWidth;
    for (int c = 0; c < columnLabels.size(); c += step) {
      String label = columnLabels.get(c);
      int at = left + c * cellWidth + (cellWidth - FONT.width(label)) / 2;
      canvas.text(FONT, label, top - FONT.height(), at, INK);
    }
  }

  private static int widest(List<String> labels) {
    return labels.stream().mapToInt(FONT::width).max().orElse(0);
  }
}
