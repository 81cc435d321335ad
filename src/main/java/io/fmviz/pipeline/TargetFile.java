package io.fmviz.pipeline;

import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A file that a person names to be written: what is there already isn't lost by accident. */
public final class TargetFile {
  private TargetFile() {}

  /**
   * Refuses what must not be written over, before any work is done for it.
   *
   * @param force replace a file that is there
   */
  public static void check(Path file, boolean force) {
    if (Files.isSymbolicLink(file)) {
      throw refused(file, "it is a symbolic link; name the file itself");
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw refused(file, "it is a folder; name a file");
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw refused(file, "it is no regular file; name another");
      }
      if (!force) {
        throw refused(
            file,
            Settings.named(
                "it is there already; name another file, or give {force} to replace it"));
      }
    }
  }

  private static UserException refused(Path file, String reason) {
    return new UserException("cannot write " + file + ": " + reason);
  }
}
