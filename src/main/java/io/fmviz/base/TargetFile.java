package io.fmviz.base;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A file that a person names to be written: what is there already, or comes while the work is done,
 * isn't lost by accident.
 *
 * @param force replace a file that is there
 */
public record TargetFile(Path path, boolean force) {
  /** Refuses what must not be written over, before any work is done for it. */
  public void check() {
    if (Files.isSymbolicLink(path)) {
      throw refused("it is a symbolic link; name the file itself");
    }
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw refused("it is a folder; name a file");
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        throw refused("it is not a regular file; name another");
      }
      if (!force) {
        throw refused(
            Settings.named("it already exists; name another file, or give {force} to replace it"));
      }
    }
  }

  /**
   * Writes it; it appears whole or not at all.
   *
   * @throws UserException if it can't be written, or has come to be and isn't to be replaced
   */
  public void write(AtomicFile.Content content) {
    if (force) {
      AtomicFile.writeDurably(path, content);
    } else {
      AtomicFile.createDurably(path, content);
    }
  }

  private UserException refused(String reason) {
    return new UserException("cannot write " + path + ": " + reason);
  }
}
