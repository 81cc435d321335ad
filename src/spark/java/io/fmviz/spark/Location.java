package io.fmviz.spark;

import io.fmviz.base.UserException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What is read from a copy is spoken of under the name that a person gave. */
final class Location {
  private Location() {}

  /** Does something with a copy; what goes wrong is said of where it was taken from. */
  static <T> T named(Path copy, String location, Supplier<T> action) {
    try {
      return action.get();
    } catch (UserException e) {
      throw new UserException(e.getMessage().replace(copy.toString(), location), e);
    }
  }
}
