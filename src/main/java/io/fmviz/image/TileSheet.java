package io.fmviz.image;

import java.util.ArrayList;
import java.util.List;

/**
 * Small pictures in rows and columns, with labels in the gaps and around them. Without any label it
 * has the geometry of {@link FeatureMapGrid}: gaps of one width between the pictures and around
 * them. A column is as wide as its widest picture, caption or label, a row as high as its highest
 * picture and its label; smaller ones stand in the middle, or, where pictures have captions, right
 * below these. A frame stands in the gap around its picture, a caption above that.
 */
public final class TileSheet {
  private static final BitmapFont SMALL = BitmapFont.SMALL;
  private static final BitmapFont NORMAL = BitmapFont.NORMAL;
  private static final int SPACE = 2;
  private static final int FRAME_COLOR = 0xff2020;
  private static final int FRAME = 2;

  /** So that no frame touches the neighbour, nor its frame. */
  private static final int FRAMED_GAP = 2;

  /** Between the parts of a sheet that has several heads. */
  private static final int BREAK = 10;

  /** Its heads stand above it, one over each column; there may be none. */
  private record Row(List<String> heads, String label, List<Tile> tiles) {
    /** What its pictures and its label need. */
    int height() {
      int least = label == null ? 0 : NORMAL.height();
      return Math.max(least, tiles.stream().mapToInt(Tile::height).max().orElse(0));
    }
  }

  private int gap;
  private boolean captions;
  private boolean framedCaptions;
  private boolean otherScripts;
  private final int background;
  private final int ink;
  private final List<String> titles = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private List<String> heads = List.of();

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

  /** Labels the columns of the rows that follow. */
  public TileSheet columnLabels(List<String> labels) {
    heads = List.copyOf(labels);
    return this;
  }

  /**
   * Adds a row.
   *
   * @param label to its left, or null
   */
  public TileSheet row(String label, List<Tile> tiles) {
    rows.add(new Row(heads, label, List.copyOf(tiles)));
    heads = List.of();
    for (Tile tile : tiles) {
      gap = tile.framed() ? Math.max(gap, FRAMED_GAP) : gap;
      captions |= tile.caption() != null;
      otherScripts |= tile.caption() != null && !BitmapFont.isAscii(tile.caption());
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
    int left = left();
    Canvas canvas = new Canvas(height(), width(), background);
    drawTitles(canvas);
    int[] tops = tops();
    for (int r = 0; r < rows.size(); r++) {
      int head = tops[r] - above() - SPACE - SMALL.height();
      drawHeads(canvas, rows.get(r), head, left, widths);
      drawRow(canvas, rows.get(r), tops[r], left, widths);
    }
    return canvas.image();
  }

  /** Where the tiles stand, all of one size; the sheet isn't drawn. */
  TilePlaces places() {
    Row first = rows.get(0);
    int[] widths = columnWidths();
    int[] lefts = new int[widths.length];
    int left = left();
    for (int c = 0; c < widths.length; c++) {
      lefts[c] = left + inCell(first.tiles.get(c), widths[c]);
      left += widths[c] + gap;
    }
    return new TilePlaces(Math.toIntExact(height()), Math.toIntExact(width()), tops(), lefts);
  }

  /** Where each row's pictures begin. */
  private int[] tops() {
    int[] tops = new int[rows.size()];
    int top = 0;
    for (int r = 0; r < tops.length; r++) {
      top += headHeight(r) + above();
      tops[r] = top;
      top += rows.get(r).height();
    }
    return tops;
  }

  /** A picture narrower than its column stands in the middle. */
  private static int inCell(Tile tile, int cellWidth) {
    return (cellWidth - tile.width()) / 2;
  }

  /**
   * Checks the size of the sheet, without drawing it.
   *
   * @throws io.fmviz.base.UserException if there would be too many pixels
   */
  public void check() {
    PictureSize.check(height(), width());
  }

  private long height() {
    long height = gap;
    for (int r = 0; r < rows.size(); r++) {
      height += headHeight(r) + above() + rows.get(r).height();
    }
    return height;
  }

  /** The pixels that it is wide. */
  public long width() {
    long width = left();
    for (int w : columnWidths()) {
      width += w + gap;
    }
    for (String title : titles) {
      width = Math.max(width, NORMAL.width(title) + 2 * SPACE);
    }
    return width;
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
    return captions ? Math.max(gap, captionFont().height() + SPACE + captionLift()) : gap;
  }

  /** Other scripts than ours can't be read in the small size. */
  private BitmapFont captionFont() {
    return otherScripts ? NORMAL : SMALL;
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
    BitmapFont font = captionFont();
    for (Row row : rows) {
      for (int c = 0; c < Math.min(columns, row.heads.size()); c++) {
        widths[c] = Math.max(widths[c], SMALL.width(row.heads.get(c)) + apart);
      }
      for (int c = 0; c < row.tiles.size(); c++) {
        Tile tile = row.tiles.get(c);
        widths[c] = Math.max(widths[c], tile.width());
        widths[c] =
            Math.max(widths[c], tile.caption() == null ? 0 : font.width(tile.caption()) + apart);
      }
    }
    return widths;
  }

  /** What stands above a row: the titles above the first, and the heads of columns. */
  private int headHeight(int row) {
    boolean isFirst = row == 0;
    int lines = isFirst ? titles.size() * NORMAL.height() : 0;
    if (!rows.get(row).heads.isEmpty()) {
      lines += SMALL.height() + (isFirst ? 0 : BREAK);
    }
    return lines == 0 ? 0 : lines + SPACE;
  }

  private void drawTitles(Canvas canvas) {
    int top = SPACE / 2;
    for (String title : titles) {
      canvas.text(NORMAL, title, top, SPACE, ink);
      top += NORMAL.height();
    }
  }

  private void drawHeads(Canvas canvas, Row row, int top, int left, int[] widths) {
    int at = left;
    for (int c = 0; c < Math.min(widths.length, row.heads.size()); c++) {
      String head = row.heads.get(c);
      canvas.text(SMALL, head, top + SPACE / 2, at + (widths[c] - SMALL.width(head)) / 2, ink);
      at += widths[c] + gap;
    }
  }

  private void drawRow(Canvas canvas, Row row, int top, int left, int[] widths) {
    if (row.label != null) {
      int right = left - SPACE - NORMAL.width(row.label);
      canvas.text(NORMAL, row.label, top + (row.height() - NORMAL.height()) / 2, right, ink);
    }
    int at = left;
    for (int c = 0; c < row.tiles.size(); c++) {
      drawTile(canvas, row.tiles.get(c), top, at, row.height(), widths[c]);
      at += widths[c] + gap;
    }
  }

  private void drawTile(
      Canvas canvas, Tile tile, int top, int left, int cellHeight, int cellWidth) {
    // Captions stand in a line, and their pictures right below.
    int y = captions ? top : top + (cellHeight - tile.height()) / 2;
    int x = left + inCell(tile, cellWidth);
    if (tile.caption() != null) {
      BitmapFont font = captionFont();
      int wide = font.width(tile.caption());
      int from = left + (cellWidth - wide) / 2;
      if (tile.headed() < tile.width()) {
        from = Math.min(x + Math.max(0, tile.headed() - wide) / 2, left + cellWidth - wide);
      }
      canvas.text(font, tile.caption(), y - captionLift() - font.height(), from, ink);
    }
    canvas.draw(tile.picture(), tile.scale(), y, x);
    if (tile.framed()) {
      canvas.frame(y, x, tile.height(), tile.width(), frame(), FRAME_COLOR);
    }
  }
}
