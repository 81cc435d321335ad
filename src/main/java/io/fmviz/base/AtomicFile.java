package io.fmviz.base;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files that appear whole or not at all: written under a temporary name in the same folder, then
 * given their own in one step. A process that ends early, by Ctrl-C too, leaves no partial file
 * under the target's name, and no temporary file unless it is killed outright.
 */
public final class AtomicFile {
  private static final byte[] PROBE = {'\n'};

  private final Path folder;
  private final String name;
  private final boolean durable;
  private final boolean replace;

  private AtomicFile(Path folder, String name, boolean durable, boolean replace) {
    this.folder = folder;
    this.name = name;
    this.durable = durable;
    this.replace = replace;
  }

  private static AtomicFile of(Path target, boolean durable, boolean replace) {
    Path parent = target.getParent();
    return new AtomicFile(
        parent == null ? target.getFileSystem().getPath("") : parent,
        String.valueOf(target.getFileName()),
        durable,
        replace);
  }

  /** Writes the bytes of one file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file that outlives a loss of power: its bytes are forced to the disk before it gets
   * its name. It need not be in a folder that this process has locked: until then it is locked
   * itself, so that nobody sweeps it.
   *
   * @throws UserException if it can't be written, naming the target; an existing target is then as
   *     it was
   */
  public static void writeDurably(Path target, Content content) {
    of(target, true, true).write(content);
  }

  /** The same of a file that must not be there, not even when all of it is written. */
  static void createDurably(Path target, Content content) {
    of(target, true, false).write(content);
  }

  /**
   * Like {@link #writeDurably}, without waiting for the disk or locking: for files that are easily
   * remade, in a folder whose lock this process has.
   */
  public static void write(Path target, Content content) {
    of(target, false, true).write(content);
  }

  /**
   * The same of a file below a folder: links lead to that one, but to none below it.
   *
   * @param name {@code file} or {@code folder/file}
   * @param replace a file that is there
   */
  public static void write(Path folder, String name, boolean replace, Content content) {
    new AtomicFile(folder, name, false, replace).write(content);
  }

  /**
   * Opens a file in a folder, to be written part by part; as with {@link #write(Path, String,
   * boolean, Content)}.
   */
  public static OpenFile open(Path folder, String name, boolean replace) {
    return new AtomicFile(folder, name, false, replace).open();
  }

  /** Opens a file, to be written part by part; as with {@link #writeDurably}. */
  public static OpenFile openDurably(Path target) {
    return of(target, true, true).open();
  }

  /**
   * Finds out by writing whether a file can be written below a folder. Nothing stays of it.
   *
   * @param name {@code file} or {@code folder/file}
   * @throws UserException if it can't
   */
  public static void probe(Path folder, String name) {
    new AtomicFile(folder, name, false, true).probe();
  }

  /**
   * Like {@link #write}, where no other user may ever write the file, with the temporary file in
   * another folder of the same file system.
   *
   * @param folder whose lock this process has
   */
  public static void writeBy(Path folder, Path target, Content content) {
    FileAttribute<?>[] rights =
        folder.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"))
            }
            : new FileAttribute<?>[0];
    AtomicFile file = of(target, false, true);
    try (HeldFolder held = HeldFolder.of(folder)) {
      Path temporary = TemporaryFiles.begin(folder, file.name);
      try {
        try (FileChannel channel = held.create(temporary.getFileName().toString(), rights)) {
          content.writeTo(Channels.newOutputStream(channel));
        }
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        TemporaryFiles.end(held, temporary);
      }
    } catch (IOException e) {
      throw UserException.cannotWrite(target, e);
    }
  }

  /**
   * Removes the temporary files that a killed process left in a folder. For holders of the folder's
   * lock: those that {@link #write} makes are not told from a living process's.
   *
   * @throws UserException if one can't be removed
   */
  public static void sweep(Path folder) {
    TemporaryFiles.sweep(folder);
  }

  private OpenFile open() {
    refuseLink();
    try {
      HeldFolder.make(folder);
      HeldFolder held = HeldFolder.of(folder);
      try {
        UnnamedFile file = UnnamedFile.begin(held, name, durable);
        return new OpenFile(target(), held, file, replace);
      } catch (IOException | RuntimeException e) {
        held.close();
        throw e;
      }
    } catch (IOException e) {
      throw UserException.cannotWrite(target(), e);
    }
  }

  private Path target() {
    return folder.resolve(name);
  }

  private void write(Content content) {
    refuseLink();
    inFolder(
        (held, file) -> {
          try (UnnamedFile written = UnnamedFile.begin(held, file, durable)) {
            content.writeTo(written.stream());
            written.complete(replace);
          }
        });
  }

  private void refuseLink() {
    if (Files.isSymbolicLink(target())) {
      throw new UserException(
          "cannot write %s: it is a symbolic link, and the file would take its place; move the link away"
              .formatted(target()));
    }
  }

  private void probe() {
    inFolder(
        (held, file) -> {
          Path temporary = TemporaryFiles.begin(held.path(), file);
          try (OutputStream out =
              Channels.newOutputStream(held.create(temporary.getFileName().toString()))) {
            out.write(PROBE);
            // In a folder that is held open, a file's path may be longer than anybody can open.
            Files.size(temporary);
          } finally {
            TemporaryFiles.end(held, temporary);
          }
        });
  }

  /** What is done with a file in its folder. */
  private interface Doing {
    void with(HeldFolder held, String file) throws IOException;
  }

  /** Does it in the folder that the file lies in, which is made if need be. */
  private void inFolder(Doing doing) {
    int slash = name.indexOf('/');
    try {
      HeldFolder.make(folder);
      try (HeldFolder held = HeldFolder.of(folder)) {
        if (slash < 0) {
          doing.with(held, name);
        } else {
          inInner(held, name.substring(0, slash), name.substring(slash + 1), doing);
        }
      }
    } catch (IOException e) {
      throw UserException.cannotWrite(target(), e);
    }
  }

  /** A folder that was made, and in which nothing came to be, goes again. */
  private static void inInner(HeldFolder held, String inner, String file, Doing doing)
      throws IOException {
    boolean isMade = held.makeInner(inner);
    try (HeldFolder below = held.inner(inner)) {
      doing.with(below, file);
    } finally {
      if (isMade) {
        held.deleteIfEmpty(inner);
      }
    }
  }
}
