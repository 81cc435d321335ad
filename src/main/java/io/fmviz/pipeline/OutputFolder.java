package io.fmviz.pipeline;

import io.fmviz.base.AtomicFile;
import io.fmviz.base.FolderLock;
import io.fmviz.base.UserException;
import io.fmviz.report.Json;
import io.fmviz.report.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of pictures with its manifest. Only what a manifest lists is ever deleted, and nothing
 * that fmviz didn't write is overwritten unless that is forced.
 */
final class OutputFolder implements AutoCloseable {
  private final Path folder;
  private FolderLock lock;

  OutputFolder(Path folder) {
    this.folder = folder;
  }

  Path manifest() {
    return folder.resolve(Manifest.FILE);
  }

  Path resolve(String file) {
    return folder.resolve(file);
  }

  /**
   * Makes room for pictures, which only this process may write until {@link #close}: removes those
   * of the run before, as its manifest lists them, and writes a manifest of the ones to come, so
   * that the next run can remove these too should this one be cut short.
   *
   * @param force overwrite files of the same name that no manifest lists
   * @throws UserException if the folder holds files that fmviz didn't write, or another process
   *     writes there
   */
  void prepare(Manifest planned, List<String> files, boolean force) {
    try {
      if (!force) {
        refuseStrangers(files, listed());
      }
      lock = FolderLock.of(folder);
      Set<String> old = listed();
      for (String file : old) {
        Files.deleteIfExists(folder.resolve(file));
      }
      for (Path parent : parents(old)) {
        AtomicFile.sweep(parent);
        deleteIfEmpty(parent);
      }
    } catch (IOException e) {
      throw UserException.cannotWrite(folder, e);
    }
    write(planned);
  }

  void write(Manifest manifest) {
    byte[] text = Json.pretty(manifest).getBytes(StandardCharsets.UTF_8);
    AtomicFile.writeDurably(manifest(), out -> out.write(text));
  }

  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }

  private Set<String> listed() throws IOException {
    return Files.exists(manifest())
        ? new LinkedHashSet<>(
            Manifest.pictureFiles(
                new String(Files.readAllBytes(manifest()), StandardCharsets.UTF_8)))
        : Set.of();
  }

  private void refuseStrangers(List<String> files, Set<String> old) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.exists(manifest())) {
      try (Stream<Path> entries = Files.list(folder)) {
        // A hidden file, such as .gitignore, is no work of anybody's that could be mixed up.
        if (entries.anyMatch(e -> !e.getFileName().toString().startsWith("."))) {
          throw new UserException(
              "%s holds files, but no %s: give another folder with --out, or --force to write there nevertheless"
                  .formatted(folder, Manifest.FILE));
        }
      }
    }
    for (String file : files) {
      if (!old.contains(file) && Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
        throw new UserException(
            "%s is not fmviz's: move it away, or give --force to overwrite it"
                .formatted(folder.resolve(file)));
      }
    }
  }

  private Set<Path> parents(Set<String> files) {
    return files.stream()
        .map(file -> folder.resolve(file).getParent())
        .filter(Files::isDirectory)
        .collect(Collectors.toSet());
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Somebody else's files are in it.
    }
  }
}
