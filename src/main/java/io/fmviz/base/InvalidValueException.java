package io.fmviz.base;

/**
 * A value that a person gave and that can't be. Its message names the value as {@link Settings}
 * says, for who read it from an option to say of which.
 */
public final class InvalidValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * What is wrong.
   *
   * @param value its name, {@code learningRate}
   * @param problem of it, as in "must be at least 1, not 0"
   */
  public InvalidValueException(String value, String problem) {
    this(Settings.named("{" + value + "} ") + problem);
  }

  /** A whole message, which names the value as {@link Settings} says. */
  public InvalidValueException(String message) {
    super(UserException.marked(message));
  }
}
