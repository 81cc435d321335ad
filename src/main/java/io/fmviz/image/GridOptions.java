package io.fmviz.image;

/**
 * How feature maps are laid out in one picture, with torchvision's meanings.
 *
 * @param nrow how many maps stand in a row, at least 1
 * @param padding the pixels between maps and around them, at least 0
 * @param padValue the grey of these and of unused cells, from 0 (black) to 1 (white)
 */
public record GridOptions(int nrow, int padding, float padValue) {
  /** The widest row and gap that are taken: keeps picture sizes far from overflow. */
  private static final int MAX = 4096;

  public GridOptions {
    require(nrow >= 1 && nrow <= MAX, "--nrow must be from 1 to %d, not %d", MAX, nrow);
    require(padding >= 0 && padding <= MAX, "--padding must be from 0 to %d, not %d", MAX, padding);
    require(padValue >= 0 && padValue <= 1, "--pad-value must be from 0 to 1, not %s", padValue);
  }

  private static void require(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new IllegalArgumentException(message.formatted(values));
    }
  }
}
