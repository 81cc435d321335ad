package io.fmviz.base;

/**
 * A value that a person gave and that can't be. Its message names the value as {@link
 * UserException} does, for who read it from an option to say of which.
 */
public final class InvalidValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String value;
  private final String problem;

  /**
   * What is wrong.
   *
   * @param value its name, as the record that holds it has it: {@code learningRate}
   * @param problem of it, as in "must be at least 1, not 0"
   */
  public InvalidValueException(String value, String problem) {
    super("{" + value + "} " + problem);
    this.value = value;
    this.problem = problem;
  }

  /** The value's name. */
  public String value() {
    return value;
  }

  /** What is wrong with it, to follow its name. */
  public String problem() {
    return problem;
  }
}
