package io.fmviz.image;

import io.fmviz.base.Require;

/**
 * How feature maps are laid out in one picture, with torchvision's meanings.
 *
 * @param nrow how many maps stand in a row, at least 1; {@link #AUTO} for a picture near square
 * @param padding the pixels between maps and around them, at least 0
 * @param padValue the grey of these and of unused cells, from 0 (black) to 1 (white)
 */
public record GridOptions(int nrow, int padding, float padValue) {
  /** As many maps in a row as make the picture near square. */
  public static final int AUTO = Integer.MIN_VALUE;

  /** The widest row and gap that are taken: keeps picture sizes far from overflow. */
  private static final int MAX = 4096;

  public GridOptions {
    if (nrow != AUTO) {
      Require.within(1, MAX, nrow, "nrow");
    }
    Require.within(0, MAX, padding, "padding");
    Require.that(
        padValue >= 0 && padValue <= 1, "padValue", "must be from 0 to 1, not %s", padValue);
  }

  /** How many of so many maps stand in a row. */
  public int columns(int maps, int height, int width) {
    int columns =
        nrow == AUTO
            ? (int) Math.ceil(Math.sqrt((double) maps * (height + padding) / (width + padding)))
            : nrow;
    return Math.max(1, Math.min(Math.min(columns, MAX), maps));
  }
}
