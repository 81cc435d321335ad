package io.fmviz.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How large a file is. */
public final class FileSize {
  private FileSize() {}

  /**
   * The number of its bytes.
   *
   * @throws UserException if it can't be read
   */
  public static long of(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw UserException.cannotRead(file, e);
    }
  }
}
