package io.fmviz.dataset;

/**
 * How a person's own picture was read.
 *
 * @param inverted whether its strokes are darker than its ground
 * @param found whether that was found out, not told
 * @param orientation EXIF's that was followed, from 1, upright, to 8
 * @param doubt what makes the reading doubtful, such as {@code shows several digits}; null for
 *     nothing
 */
public record Reading(boolean inverted, boolean found, int orientation, String doubt) {
  public Reading {
    if (orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException("there is no orientation " + orientation);
    }
  }

  /** In a few words: {@code dark on light}. */
  public String ground() {
    return inverted ? "dark on light" : "light on dark";
  }
}
