package io.fmviz.pipeline;

import io.fmviz.base.AtomicFile;
import io.fmviz.base.FolderLock;
import io.fmviz.base.HeldFolder;
import io.fmviz.base.OpenFile;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.image.PngWriter;
import io.fmviz.image.RgbImage;
import io.fmviz.report.Json;
import io.fmviz.report.Manifest;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of a command's files with its manifest. Only what a manifest lists is ever deleted, and
 * nothing that fmviz didn't write is overwritten unless that is forced. Folders of other commands'
 * may lie within.
 *
 * <p>The folder itself is a person's: links to it are followed, and it stays. Those below it are
 * fmviz's, and a link there leads elsewhere.
 */
public final class OutputFolder implements AutoCloseable {
  private final Path folder;
  private final boolean force;
  private FolderLock lock;

  /**
   * What a person named.
   *
   * @param force overwrite files that no manifest lists
   */
  public OutputFolder(Path folder, boolean force) {
    this.folder = folder;
    this.force = force;
  }

  public Path path() {
    return folder;
  }

  Path manifest() {
    return folder.resolve(Manifest.FILE);
  }

  public Path resolve(String file) {
    return folder.resolve(file);
  }

  /**
   * Makes room for files, which only this process may write until {@link #close}: removes those of
   * the run before, as its manifest lists them. At each moment a manifest lists all of fmviz's
   * files that may be there, so that the next run can remove these should this one be cut short.
   *
   * @param planned lists every file to come
   * @throws UserException if the folder holds files that fmviz didn't write, another process writes
   *     there, or a file can't be written; then no file has been removed
   */
  public void prepare(Manifest planned) {
    try {
      Set<String> old = locked(planned.files());
      probe(planned.files(), old);
      if (!old.isEmpty()) {
        write(planned.after(List.copyOf(old)));
        remove(old);
      }
    } catch (IOException e) {
      throw UserException.cannotWrite(folder, e);
    }
    write(planned);
  }

  /**
   * Refuses what {@link #prepare} would refuse, without changing what is there.
   *
   * @param files those to come, as far as they are known
   */
  public void check(List<String> files) {
    try {
      probe(files, locked(files));
    } catch (IOException e) {
      throw UserException.cannotWrite(folder, e);
    } finally {
      close();
    }
  }

  /**
   * Takes the folder's lock, and tells which files in it are fmviz's. No lock is made in a folder
   * of somebody else's; where there is one, nothing is looked at while another process writes.
   */
  private Set<String> locked(List<String> files) throws IOException {
    if (!isFile(folder.resolve(FolderLock.FILE))) {
      refuseStrangers(files);
    }
    lock = FolderLock.of(folder);
    return refuseStrangers(files);
  }

  /** Writes one file. */
  public void write(String file, AtomicFile.Content content) {
    AtomicFile.write(folder, file, force, content);
  }

  /** Opens one file of the folder itself, to be written part by part. */
  OpenFile open(String file) {
    return AtomicFile.open(folder, file, force);
  }

  /** Opens the manifest likewise. */
  OpenFile openManifest() {
    return AtomicFile.openDurably(manifest());
  }

  /** Writes one picture. */
  public void write(String file, RgbImage picture, PngWriter png) {
    write(file, stream -> png.write(picture, stream));
  }

  /** Writes lines of text; what would end a line in the middle becomes question marks. */
  public void write(String file, List<String> lines) {
    write(
        file,
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
    writeManifest(out -> Json.pretty(manifest, out));
  }

  /** Writes a manifest, and what its content writes before it is done. */
  void writeManifest(AtomicFile.Content content) {
    AtomicFile.writeDurably(manifest(), content);
  }

  @Override
  public void close() {
    if (lock != null) {
      lock.close();
      lock = null;
    }
  }

  /** The files that a manifest lists; none if it isn't fmviz's, or not there. */
  static Set<String> listed(Path manifest) {
    if (!isFile(manifest)) {
      return Set.of();
    }
    try (Reader text = text(manifest)) {
      return new LinkedHashSet<>(Manifest.filesOf(text));
    } catch (IOException e) {
      throw UserException.cannotRead(manifest, e);
    }
  }

  /** What no UTF-8 is becomes question marks, and no name. */
  private static Reader text(Path manifest) throws IOException {
    return new InputStreamReader(Files.newInputStream(manifest), StandardCharsets.UTF_8);
  }

  /**
   * Writes where files will be written or removed: in each folder that is there, and under the
   * longest name.
   */
  private void probe(List<String> files, Set<String> old) {
    Map<String, String> longest = new LinkedHashMap<>();
    longest.put("", Manifest.FILE);
    String all = Manifest.FILE;
    for (String file : files) {
      longest.merge(parent(file), file, (a, b) -> a.length() < b.length() ? b : a);
      all = all.length() < file.length() ? file : all;
    }
    for (String file : old) {
      if (isFolder(parent(file))) {
        longest.putIfAbsent(parent(file), file);
      }
    }
    AtomicFile.probe(folder, all);
    for (Map.Entry<String, String> one : longest.entrySet()) {
      if (Files.exists(folder.resolve(one.getKey()), LinkOption.NOFOLLOW_LINKS)) {
        AtomicFile.probe(folder, one.getValue());
      }
    }
  }

  /** Whether there is a folder of that name below, not a link to one. */
  private boolean isFolder(String name) {
    return Files.isDirectory(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** The folder that a file lies in, below this one; empty for none. */
  private static String parent(String file) {
    return file.substring(0, Math.max(0, file.indexOf('/')));
  }

  private void remove(Set<String> old) throws IOException {
    Map<String, List<String>> parents =
        old.stream()
            .collect(
                Collectors.groupingBy(
                    OutputFolder::parent, LinkedHashMap::new, Collectors.toList()));
    try (HeldFolder held = HeldFolder.of(folder)) {
      for (Map.Entry<String, List<String>> parent : parents.entrySet()) {
        if (parent.getKey().isEmpty()) {
          remove(parent.getValue(), held);
        } else {
          removeInner(parent.getKey(), parent.getValue(), held);
        }
      }
    }
  }

  private void removeInner(String name, List<String> files, HeldFolder held) throws IOException {
    if (isFolder(name)) {
      try (HeldFolder inner = held.inner(name)) {
        remove(files, inner);
        AtomicFile.sweep(folder.resolve(name));
      }
      held.deleteIfEmpty(name);
    }
  }

  private static void remove(List<String> files, HeldFolder from) throws IOException {
    for (String file : files) {
      from.deleteFile(file.substring(file.indexOf('/') + 1));
    }
  }

  /** Refuses to write where somebody else's files are, and tells which are fmviz's. */
  private Set<String> refuseStrangers(List<String> files) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Set.of();
    }
    Set<String> old = listed(manifest());
    if (!force && !isFmviz(folder)) {
      refuseStrangers();
    }
    for (String file : files) {
      Path there = folder.resolve(file);
      if (isFile(there)) {
        if (!force && !old.contains(file)) {
          throw new UserException(
              Settings.named("%s is not fmviz's: move it away, or give {force} to overwrite it")
                  .formatted(there));
        }
      } else if (Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
        throw new UserException(
            "%s is not a file, and was not written by fmviz: move it away".formatted(there));
      }
    }
    return old;
  }

  private void refuseStrangers() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.anyMatch(OutputFolder::isStranger)) {
        throw new UserException(
            Settings.named(
                    "%s holds files, but no %s written by fmviz: give another folder with {out}, or {force} to write there anyway")
                .formatted(folder, Manifest.FILE));
      }
    }
  }

  /**
   * A hidden file, such as .gitignore, is no work of anybody's that could be mixed up; nor is the
   * folder of another command.
   */
  private static boolean isStranger(Path entry) {
    return !entry.getFileName().toString().startsWith(".") && !isFmviz(entry);
  }

  /** Whether it is a folder with a manifest of fmviz's. */
  static boolean isFmviz(Path folder) {
    return isManifest(folder.resolve(Manifest.FILE));
  }

  /** Whether it is a manifest of fmviz's. */
  static boolean isManifest(Path file) {
    return isManifest(file, null);
  }

  /** Whether it is a manifest of fmviz's that lists a file. */
  static boolean isManifest(Path file, String listed) {
    if (!isFile(file)) {
      return false;
    }
    try (Reader text = text(file)) {
      return listed == null ? Manifest.isManifest(text) : Manifest.lists(listed, text);
    } catch (IOException e) {
      throw UserException.cannotRead(file, e);
    }
  }

  /** Whether it is a file itself, not a link to one. */
  static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }
}
