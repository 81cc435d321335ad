package io.fmviz.image;

import java.util.List;

/**
 * A fixed-width font of printable ASCII that travels in the jar: Spleen, by Frederic Cambus. What
 * it hasn't {@link OtherScripts} draws.
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

  /** Whether the font has a character. */
  static boolean has(int character) {
    return character >= FIRST && character <= LAST;
  }

  /** Whether the font has all of a text. */
  static boolean isAscii(String text) {
    return text.chars().allMatch(BitmapFont::has);
  }

  int height() {
    return height;
  }

  /** The pixels that a text takes in width. */
  int width(String text) {
    return isAscii(text) ? text.length() * width : masks(text).stream().mapToInt(Mask::width).sum();
  }

  /** A text's masks, from left to right. */
  List<Mask> masks(String text) {
    return isAscii(text) ? List.of(mask(text)) : OtherScripts.masks(text, this);
  }

  /** The mask of a text that the font has. */
  Mask mask(String ascii) {
    Mask mask = Mask.empty(height, ascii.length() * width);
    for (int i = 0; i < ascii.length(); i++) {
      int[] glyph = glyphs[ascii.charAt(i) - FIRST];
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          if ((glyph[row] << column & 0x80) != 0) {
            mask.set(row, i * width + column);
          }
        }
      }
    }
    return mask;
  }
}
