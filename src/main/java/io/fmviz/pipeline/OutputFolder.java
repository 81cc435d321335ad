package io.fmviz.pipeline;

import io.fmviz.base.AtomicFile;
import io.fmviz.base.FolderLock;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.image.PngWriter;
import io.fmviz.image.RgbImage;
import io.fmviz.report.Json;
import io.fmviz.report.Manifest;
import io.fmviz.report.page.FolderFacts;
import io.fmviz.report.page.Page;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
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
 * A folder of a command's files with its manifest. Only what a manifest lists is ever deleted, and
 * nothing that fmviz didn't write is overwritten unless that is forced. Folders of other commands'
 * may lie within.
 */
public final class OutputFolder implements AutoCloseable {
  private final Path folder;
  private FolderLock lock;

  public OutputFolder(Path folder) {
    this.folder = folder;
  }

  public Path path() {
    return folder;
  }

  public Path manifest() {
    return folder.resolve(Manifest.FILE);
  }

  public Path resolve(String file) {
    return folder.resolve(file);
  }

  /**
   * Makes room for files, which only this process may write until {@link #close}: removes those of
   * the run before, as its manifest lists them, and writes a manifest of the ones to come, so that
   * the next run can remove these too should this one be cut short.
   *
   * @param planned lists every file to come
   * @param force overwrite files of the same name that no manifest lists
   * @throws UserException if the folder holds files that fmviz didn't write, or another process
   *     writes there
   */
  public void prepare(Manifest planned, boolean force) {
    try {
      if (!force) {
        refuseStrangers(planned.files(), listed());
      }
      lock = FolderLock.of(folder);
      removeOld();
    } catch (IOException e) {
      throw UserException.cannotWrite(folder, e);
    }
    write(planned);
  }

  /**
   * Refuses what {@link #prepare} would refuse, and a folder that can't be written, without
   * changing what is there.
   *
   * @param files those to come, as far as they are known
   */
  public void check(List<String> files, boolean force) {
    try {
      if (!force) {
        refuseStrangers(files, listed());
      }
    } catch (IOException e) {
      throw UserException.cannotWrite(folder, e);
    }
    FolderLock.of(folder).close();
  }

  /** Writes one picture. */
  public void write(String file, RgbImage picture, PngWriter png) {
    AtomicFile.write(resolve(file), stream -> png.write(picture, stream));
  }

  /** Writes lines of text; what would end a line in the middle becomes question marks. */
  public void write(String file, List<String> lines) {
    AtomicFile.write(
        resolve(file),
        stream -> {
          for (String line : lines) {
            // A tab parts a line's words, and names of files may hold the ends of lines.
            String plain =
                Stream.of(line.split("\t", 2))
                    .map(UserException::plain)
                    .collect(Collectors.joining("\t"));
            stream.write((plain + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  public void write(Manifest manifest) {
    AtomicFile.writeDurably(manifest(), out -> Json.pretty(manifest, out));
  }

  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }

  /** The pages in the folder above and in those of other commands below. */
  FolderFacts.Links pages() {
    Path above = folder.toAbsolutePath().normalize().getParent();
    try (Stream<Path> entries = Files.list(folder)) {
      return new FolderFacts.Links(
          above != null && hasPage(above),
          entries
              .filter(OutputFolder::hasPage)
              .map(entry -> entry.getFileName().toString())
              .sorted()
              .toList());
    } catch (IOException e) {
      throw UserException.cannotRead(folder, e);
    }
  }

  private static boolean hasPage(Path folder) {
    return Files.isRegularFile(folder.resolve(Page.FILE)) && isFmviz(folder.resolve(Manifest.FILE));
  }

  private Set<String> listed() throws IOException {
    if (!Files.exists(manifest())) {
      return Set.of();
    }
    try (Reader text = text(manifest())) {
      return new LinkedHashSet<>(Manifest.filesOf(text));
    }
  }

  /** What no UTF-8 is becomes question marks, and no name. */
  private static Reader text(Path manifest) throws IOException {
    return new InputStreamReader(Files.newInputStream(manifest), StandardCharsets.UTF_8);
  }

  private void removeOld() throws IOException {
    Set<Path> parents = new LinkedHashSet<>();
    for (String name : listed()) {
      Path file = folder.resolve(name);
      // A link instead of a subfolder leads elsewhere, where nothing is fmviz's.
      if (!Files.isSymbolicLink(file.getParent()) || file.getParent().equals(folder)) {
        Files.deleteIfExists(file);
        parents.add(file.getParent());
      }
    }
    for (Path parent : parents) {
      if (Files.isDirectory(parent)) {
        AtomicFile.sweep(parent);
        deleteIfEmpty(parent);
      }
    }
  }

  private void refuseStrangers(List<String> files, Set<String> old) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!isFmviz(manifest())) {
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.anyMatch(OutputFolder::isStranger)) {
          throw new UserException(
              Settings.named(
                      "%s holds files, but no %s of fmviz's: give another folder with {out}, or {force} to write there nevertheless")
                  .formatted(folder, Manifest.FILE));
        }
      }
    }
    for (String file : files) {
      if (!old.contains(file) && Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
        throw new UserException(
            Settings.named("%s is not fmviz's: move it away, or give {force} to overwrite it")
                .formatted(folder.resolve(file)));
      }
    }
  }

  /**
   * A hidden file, such as .gitignore, is no work of anybody's that could be mixed up; nor is the
   * folder of another command.
   */
  private static boolean isStranger(Path entry) {
    return !entry.getFileName().toString().startsWith(".")
        && !isFmviz(entry.resolve(Manifest.FILE));
  }

  private static boolean isFmviz(Path manifest) {
    if (!Files.isRegularFile(manifest)) {
      return false;
    }
    try (Reader text = text(manifest)) {
      return Manifest.isManifest(text);
    } catch (IOException e) {
      throw UserException.cannotRead(manifest, e);
    }
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Somebody else's files are in it.
    }
  }
}
