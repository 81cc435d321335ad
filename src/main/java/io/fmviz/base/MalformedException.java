package io.fmviz.base;

import java.util.Locale;

/**
 * Bytes that are not what their format says: where, and why. A parser throws it wherever it sees
 * that, and makes one {@link UserException} of it, with the file's name, in one place.
 */
public final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long offset;
  private final String reason;

  /** What is wrong at one of the bytes, counted from 0. */
  public MalformedException(long offset, String reason) {
    super("at byte " + offset + ", " + reason);
    this.offset = offset;
    this.reason = reason;
  }

  /** What is wrong with something that the reason names better than a place would. */
  public MalformedException(String reason, Throwable cause) {
    super(reason, cause);
    this.offset = -1;
    this.reason = reason;
  }

  /** Checks the bytes at a place. */
  public static void verify(boolean condition, long offset, String reason) {
    if (!condition) {
      throw new MalformedException(offset, reason);
    }
  }

  /** Checks the bytes at a place; the reason shows values, as in {@link String#format}. */
  public static void verify(boolean condition, long offset, String reason, Object... values) {
    if (!condition) {
      throw new MalformedException(offset, format(reason, values));
    }
  }

  /** Checks what has no place of its own. */
  public static void verify(boolean condition, String reason) {
    if (!condition) {
      throw new MalformedException(reason, null);
    }
  }

  /** Checks what has no place of its own; the reason shows values. */
  public static void verify(boolean condition, String reason, Object... values) {
    if (!condition) {
      throw new MalformedException(format(reason, values), null);
    }
  }

  private static String format(String reason, Object... values) {
    return String.format(Locale.ROOT, reason, values);
  }

  /** At which byte; -1 if it has no place. */
  public long offset() {
    return offset;
  }

  /** What is wrong, without the place. */
  public String reason() {
    return reason;
  }
}
