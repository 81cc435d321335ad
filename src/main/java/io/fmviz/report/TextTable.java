package io.fmviz.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text in columns, each as wide as its widest cell and aligned to the right. Picocli's
 * table does neither, and stays in {@code cli}.
 */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row; all rows have the same number of cells. */
  public TextTable row(List<String> cells) {
    if (!rows.isEmpty() && rows.get(0).size() != cells.size()) {
      throw new IllegalArgumentException("a row of " + cells.size() + " cells");
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** The rows as lines of one length. */
  public List<String> lines() {
    int columns = rows.isEmpty() ? 0 : rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      line.append(c == 0 ? "" : GAP)
          .append(" ".repeat(widths[c] - row.get(c).length()))
          .append(row.get(c));
    }
    return line.toString();
  }
}
