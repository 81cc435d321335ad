package io.fmviz.dataset.photo;

/**
 * What a network says of the input that its pictures go into.
 *
 * @param sides {@code (batch, channel, height, width)} or as it has them; below 1 where it takes
 *     any
 */
public record DeclaredInput(long[] sides, Values values) {
  /** What a picture's values can be. */
  public enum Values {
    /** Real numbers. */
    REAL,
    /** Whole numbers, of which pictures have those from 0 to 255. */
    WHOLE,
    /** Whole numbers from -128 to 127. */
    SIGNED_BYTES
  }

  /** An input that takes real numbers. */
  public static DeclaredInput ofReals(long... sides) {
    return new DeclaredInput(sides, Values.REAL);
  }
}
