package io.fmviz.base;

/** What must be true of a value that a person gives. */
public final class Require {
  private Require() {}

  /**
   * Refuses a value.
   *
   * @param value its name, one word: {@code learningRate}
   * @param problem of it, as in "must be at least 1, not 0"; with {@code values} in it as {@code
   *     String.format} has them
   * @throws InvalidValueException unless the condition holds
   */
  public static void that(boolean condition, String value, String problem, Object... values) {
    if (!condition) {
      throw new InvalidValueException(value, problem.formatted(values));
    }
  }

  /** Refuses a number that is too small; null is none. */
  public static void atLeast(int least, Integer number, String value) {
    that(number == null || number >= least, value, "must be at least %d, not %d", least, number);
  }

  /** Refuses a number that is too small or too large; null is none. */
  public static void within(int least, int most, Integer number, String value) {
    that(
        number == null || (number >= least && number <= most),
        value,
        "must be from %d to %d, not %d",
        least,
        most,
        number);
  }

  /** Refuses what is no share of a whole, {@code most} being all of it; null is none. */
  public static void share(int most, Double share, String value) {
    that(
        share == null || (share >= 0 && share <= most),
        value,
        "must be from 0 to %d, not %s",
        most,
        share);
  }
}
