package io.fmviz.image;

/**
 * A small picture on a sheet.
 *
 * @param scale every pixel becomes a square of as many by as many, at least 1
 * @param caption above the picture, or null
 * @param framed drawn with a red frame
 * @param headed the pixels from the left that the caption stands over
 */
public record Tile(RgbImage picture, int scale, String caption, boolean framed, int headed) {
  /**
   * Checks the size.
   *
   * @throws io.fmviz.base.UserException if there would be too many pixels
   */
  public Tile {
    PictureSize.check((long) picture.height() * scale, (long) picture.width() * scale);
  }

  /** One whose caption stands over all of it. */
  public Tile(RgbImage picture, int scale, String caption, boolean framed) {
    this(picture, scale, caption, framed, picture.width() * scale);
  }

  /** A black one, where only its size matters. */
  public static Tile blank(int height, int width, int scale) {
    return of(new RgbImage(height, width, new byte[height * width * RgbImage.CHANNELS]), scale);
  }

  public static Tile of(RgbImage picture, int scale) {
    return of(picture, scale, null);
  }

  public static Tile of(RgbImage picture, int scale, String caption) {
    return new Tile(picture, scale, caption, false);
  }

  /** The pixels that it takes on the sheet. */
  int height() {
    return picture.height() * scale;
  }

  int width() {
    return picture.width() * scale;
  }
}
