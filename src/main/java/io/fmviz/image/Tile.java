package io.fmviz.image;

/**
 * A small picture on a sheet.
 *
 * @param picture null for an empty place
 * @param caption printable ASCII above the picture, or null
 * @param framed drawn with a red frame
 */
public record Tile(RgbImage picture, String caption, boolean framed) {
  public static Tile of(RgbImage picture) {
    return new Tile(picture, null, false);
  }

  public static Tile of(RgbImage picture, String caption) {
    return new Tile(picture, caption, false);
  }
}
