package io.fmviz.dataset.photo;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Files that fmviz wrote are no photographs; a file beside them tells which they are. */
@FunctionalInterface
public interface OwnFiles {
  /**
   * The files that one tells of, below its folder and with forward slashes.
   *
   * @param file any that a folder holds
   * @return nothing where it isn't such a file
   */
  Optional<Set<String>> of(Path file);
}
