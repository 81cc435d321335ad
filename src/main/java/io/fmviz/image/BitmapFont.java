package io.fmviz.image;

import java.util.List;

/**
 * A fixed-width font of printable ASCII that travels in the jar: Spleen, by Frederic Cambus. Java2D
 * is not used for text, because it can't draw any, not even with a font of our own, on a machine
 * without the libraries fontconfig and freetype, as in many containers.
 */
final class BitmapFont {
  /** For what stands close to small maps. */
  static final BitmapFont SMALL = new BitmapFont(5, 8);

  static final BitmapFont NORMAL = new BitmapFont(6, 12);

  private static final char FIRST = ' ';
  private static final char LAST = '~';

  private final int width;
  private final int height;
  private final int[][] glyphs;

  private BitmapFont(int width, int height) {
    this.width = width;
    this.height = height;
    List<String> lines = Resources.lines("spleen-%dx%d.txt".formatted(width, height));
    this.glyphs = lines.stream().map(BitmapFont::glyph).toArray(int[][]::new);
  }

  /** A byte for each row; the leftmost pixel is the highest bit. */
  private static int[] glyph(String line) {
    return List.of(line.split(" ")).stream().mapToInt(row -> Integer.parseInt(row, 16)).toArray();
  }

  int height() {
    return height;
  }

  /** The pixels that a text takes in width. */
  int width(String text) {
    return text.length() * width;
  }

  /** Whether a pixel of a character is set; what is no printable ASCII looks like a '?'. */
  boolean isSet(char character, int row, int column) {
    char shown = character < FIRST || character > LAST ? '?' : character;
    return (glyphs[shown - FIRST][row] << column & 0x80) != 0;
  }

  int columns() {
    return width;
  }
}
