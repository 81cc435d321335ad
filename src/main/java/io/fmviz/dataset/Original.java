package io.fmviz.dataset;

/**
 * A whole picture, upright, and where on it what a network sees lies.
 *
 * @param top of what the network sees, in the picture's pixels from its upper edge; like the others
 *     beyond the picture where something was put around it
 */
public record Original(Picture picture, double top, double left, double bottom, double right) {
  public Original {
    if (!(bottom > top && right > left)) {
      throw new IllegalArgumentException(
          "nothing is seen from %s, %s to %s, %s".formatted(top, left, bottom, right));
    }
  }

  /** A picture of which the network sees all. */
  public static Original whole(Picture picture) {
    return new Original(picture, 0, 0, picture.height(), picture.width());
  }
}
