package io.fmviz.dataset;

/**
 * How a user's picture was read. What doesn't go with its kind is null, and so left out of JSON: a
 * photograph is never inverted.
 *
 * @param inverted of a digit, whether its strokes are darker than its ground
 * @param found of a digit, whether that was found out, not told
 * @param orientation EXIF's that was followed, from 1, upright, to 8
 * @param doubt what makes the reading doubtful, such as {@code shows several digits}; null for
 *     nothing
 * @param alpha of a photograph, what became of its transparency: {@code over white}; null if it has
 *     none
 */
public record Reading(
    Boolean inverted, Boolean found, int orientation, String doubt, String alpha) {
  public Reading {
    if (orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException("there is no orientation " + orientation);
    }
  }

  /** How a digit was read. */
  public Reading(boolean inverted, boolean found, int orientation, String doubt) {
    this(inverted, found, orientation, doubt, null);
  }

  /** How a photograph was read. */
  public static Reading photo(int orientation, boolean isTransparent, String doubt) {
    return new Reading(null, null, orientation, doubt, isTransparent ? "over white" : null);
  }

  /** The same with a doubt, unless there is one already. */
  public Reading doubted(String another) {
    return doubt == null ? new Reading(inverted, found, orientation, another, alpha) : this;
  }

  /** Of a digit, in a few words: {@code dark on light}; null for a photograph. */
  public String ground() {
    return inverted == null ? null : inverted ? "dark on light" : "light on dark";
  }
}
