package io.fmviz.image;

import java.util.ArrayList;
import java.util.List;

/**
 * Small pictures in rows and columns, with labels in the gaps and around them. Without any label it
 * has the geometry of {@link FeatureMapGrid}: gaps of one width between the pictures and around
 * them. A column is as wide as the widest picture, caption or label, a row as high as the highest
 * picture of all, and as its label; smaller ones stand in the middle. A frame stands in the gap
 * around its picture, a caption above that. Labels are printable ASCII.
 */
public final class TileSheet {
  private static final BitmapFont SMALL = BitmapFont.SMALL;
  private static final BitmapFont NORMAL = BitmapFont.NORMAL;
  private static final int SPACE = 2;
  private static final int FRAME_COLOR = 0xff2020;
  private static final int FRAME = 2;

  /** So that no frame touches the neighbour, nor its frame. */
  private static final int FRAMED_GAP = 2;

  private record Row(String label, List<Tile> tiles) {}

  private int gap;
  private boolean captions;
  private boolean framedCaptions;
  private final int background;
  private final int ink;
  private final List<String> titles = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private List<String> columnLabels = List.of();

  /**
   * An empty sheet.
   *
   * @param gap pixels between pictures, at least 0; a sheet with a framed picture has at least 2
   * @param background grey of the gaps, from 0 (black) to 1 (white)
   */
  public TileSheet(int gap, float background) {
    int grey = FeatureMapGrid.grey(background) & 0xff;
    this.gap = gap;
    this.background = Colormap.GRAY.color(grey);
    this.ink = grey < 0x80 ? 0xffffff : 0x000000;
  }

  /** Tiles in the order of reading, {@code columns} in a row. */
  public TileSheet tiles(List<Tile> tiles, int columns) {
    for (int from = 0; from < tiles.size(); from += columns) {
      row(null, tiles.subList(from, Math.min(from + columns, tiles.size())));
    }
    return this;
  }

  /** Adds a line above everything. */
  public TileSheet title(String line) {
    titles.add(line);
    return this;
  }

  public TileSheet columnLabels(List<String> labels) {
    columnLabels = List.copyOf(labels);
    return this;
  }

  /**
   * Adds a row.
   *
   * @param label to its left, or null
   */
  public TileSheet row(String label, List<Tile> tiles) {
    rows.add(new Row(label, List.copyOf(tiles)));
    for (Tile tile : tiles) {
      gap = tile.framed() ? Math.max(gap, FRAMED_GAP) : gap;
      captions |= tile.caption() != null;
      framedCaptions |= tile.framed() && tile.caption() != null;
    }
    return this;
  }

  /**
   * Draws the sheet, which must have a row.
   *
   * @throws io.fmviz.base.UserException if there would be too many pixels
   */
  public RgbImage draw() {
    int[] widths = columnWidths();
    int cellHeight = cellHeight();
    int left = left();
    int above = above();
    int top = headHeight();
    Canvas canvas = new Canvas(height(), width(left, widths), background);
    drawHead(canvas, left, widths);
    for (Row row : rows) {
      top += above;
      drawRow(canvas, row, top, left, cellHeight, widths);
      top += cellHeight;
    }
    return canvas.image();
  }

  /**
   * Checks the size of the sheet, without drawing it.
   *
   * @throws io.fmviz.base.UserException if there would be too many pixels
   */
  public void check() {
    PictureSize.check(height(), width(left(), columnWidths()));
  }

  private long height() {
    return headHeight() + gap + rows.size() * ((long) cellHeight() + above());
  }

  private int cellHeight() {
    int height = 0;
    for (Row row : rows) {
      height = Math.max(height, row.label == null ? 0 : NORMAL.height());
      for (Tile tile : row.tiles) {
        height = Math.max(height, tile.height());
      }
    }
    return height;
  }

  /** The room for the rows' labels. */
  private int left() {
    int left = gap;
    for (Row row : rows) {
      if (row.label != null) {
        left = Math.max(left, gap + NORMAL.width(row.label) + SPACE);
      }
    }
    return left;
  }

  /** The gap above the pictures of a row, with room for captions and for frames below these. */
  private int above() {
    return captions ? Math.max(gap, SMALL.height() + SPACE + captionLift()) : gap;
  }

  /** All captions of a sheet stand as much higher as a frame below one of them needs. */
  private int captionLift() {
    return framedCaptions ? frame() : 0;
  }

  /** The thickness of a frame, for which there is room in the gap without touching the next. */
  private int frame() {
    return Math.min(gap - 1, FRAME);
  }

  private int[] columnWidths() {
    int columns = rows.stream().mapToInt(row -> row.tiles.size()).max().orElseThrow();
    int[] widths = new int[columns];
    // Labels and captions of neighbours stand apart even where pictures do not.
    int apart = Math.max(0, SPACE - gap);
    for (int c = 0; c < Math.min(columns, columnLabels.size()); c++) {
      widths[c] = SMALL.width(columnLabels.get(c)) + apart;
    }
    for (Row row : rows) {
      for (int c = 0; c < row.tiles.size(); c++) {
        Tile tile = row.tiles.get(c);
        widths[c] = Math.max(widths[c], tile.width());
        widths[c] =
            Math.max(widths[c], tile.caption() == null ? 0 : SMALL.width(tile.caption()) + apart);
      }
    }
    return widths;
  }

  private int headHeight() {
    int lines = titles.size() * NORMAL.height() + (columnLabels.isEmpty() ? 0 : SMALL.height());
    return lines == 0 ? 0 : lines + SPACE;
  }

  private long width(int left, int[] widths) {
    long width = left;
    for (int w : widths) {
      width += w + gap;
    }
    for (String title : titles) {
      width = Math.max(width, NORMAL.width(title) + 2 * SPACE);
    }
    return width;
  }

  private void drawHead(Canvas canvas, int left, int[] widths) {
    int top = SPACE / 2;
    for (String title : titles) {
      canvas.text(NORMAL, title, top, SPACE, ink);
      top += NORMAL.height();
    }
    int at = left;
    for (int c = 0; c < Math.min(widths.length, columnLabels.size()); c++) {
      String label = columnLabels.get(c);
      canvas.text(SMALL, label, top, at + (widths[c] - SMALL.width(label)) / 2, ink);
      at += widths[c] + gap;
    }
  }

  private void drawRow(Canvas canvas, Row row, int top, int left, int cellHeight, int[] widths) {
    if (row.label != null) {
      int right = left - SPACE - NORMAL.width(row.label);
      canvas.text(NORMAL, row.label, top + (cellHeight - NORMAL.height()) / 2, right, ink);
    }
    int at = left;
    for (int c = 0; c < row.tiles.size(); c++) {
      drawTile(canvas, row.tiles.get(c), top, at, cellHeight, widths[c]);
      at += widths[c] + gap;
    }
  }

  private void drawTile(
      Canvas canvas, Tile tile, int top, int left, int cellHeight, int cellWidth) {
    if (tile.caption() != null) {
      int from = left + (cellWidth - SMALL.width(tile.caption())) / 2;
      canvas.text(SMALL, tile.caption(), top - captionLift() - SMALL.height(), from, ink);
    }
    int y = top + (cellHeight - tile.height()) / 2;
    int x = left + (cellWidth - tile.width()) / 2;
    canvas.draw(tile.picture(), tile.scale(), y, x);
    if (tile.framed()) {
      canvas.frame(y, x, tile.height(), tile.width(), frame(), FRAME_COLOR);
    }
  }
}
