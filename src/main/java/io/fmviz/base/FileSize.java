package io.fmviz.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** How large a file is. */
public final class FileSize {
  private FileSize() {}

  /**
   * The number of its bytes; asked before it is opened, since who opens a pipe waits until somebody
   * writes into it, and a device may never end.
   *
   * @throws UserException if it can't be read, or is no file
   */
  public static long of(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isOther()) {
        throw new UserException(
            file + " is a pipe, a socket or a device: name a file with what is to be read");
      }
      return attributes.size();
    } catch (IOException e) {
      throw UserException.cannotRead(file, e);
    }
  }
}
