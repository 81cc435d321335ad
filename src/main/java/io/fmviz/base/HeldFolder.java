package io.fmviz.base;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * A folder that is held open: what is done in it is done there, whatever takes the place of its
 * name meanwhile. Links lead to the one that a person named, but to none below it: what is behind
 * such a link is somebody else's.
 */
public final class HeldFolder implements Closeable {
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Path path;

  /** Null where the system can't hold a folder, as Windows; then links are looked for before. */
  private final SecureDirectoryStream<Path> held;

  private HeldFolder(Path path, SecureDirectoryStream<Path> held) {
    this.path = path;
    this.held = held;
  }

  /** A folder that a person named. */
  public static HeldFolder of(Path folder) throws IOException {
    return new HeldFolder(
        folder,
        secure(folder.getFileSystem().provider().newDirectoryStream(folder, entry -> true)));
  }

  /**
   * Makes a folder that a person names, with those above it, unless it is there.
   *
   * @throws UserException if it is a link to nothing
   */
  static void make(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (Files.isSymbolicLink(folder) && !Files.exists(folder)) {
      throw new UserException(
          "cannot write %s: it is a symbolic link that leads nowhere; make the folder that it names, or move the link away"
              .formatted(folder));
    }
    Files.createDirectories(folder);
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream)
      throws IOException {
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    return null;
  }

  /**
   * The folder in it that has a name.
   *
   * @throws NoSuchFileException if there is none
   * @throws UserException if that is a link
   */
  public HeldFolder inner(String name) throws IOException {
    Path inner = path.resolve(name);
    if (Files.isSymbolicLink(inner)) {
      throw linked(inner);
    }
    if (held == null) {
      if (!Files.isDirectory(inner, LinkOption.NOFOLLOW_LINKS)) {
        throw Files.exists(inner)
            ? new NotDirectoryException(inner.toString())
            : new NoSuchFileException(inner.toString());
      }
      return new HeldFolder(inner, null);
    }
    try {
      return new HeldFolder(
          inner, secure(held.newDirectoryStream(relative(name), LinkOption.NOFOLLOW_LINKS)));
    } catch (IOException e) {
      if (Files.isSymbolicLink(inner)) {
        throw linked(inner);
      }
      throw e;
    }
  }

  private static UserException linked(Path link) {
    return new UserException(
        "cannot write into %s: it is a symbolic link, and what it leads to is not fmviz's; move the link away"
            .formatted(link));
  }

  /** Makes a folder in it; false if there is something of that name. */
  boolean makeInner(String name) throws IOException {
    try {
      Files.createDirectory(path.resolve(name));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  /** Makes a file and opens it. */
  FileChannel create(String name, FileAttribute<?>... attributes) throws IOException {
    // Java's own paths have no other channels.
    return held == null
        ? FileChannel.open(path.resolve(name), NEW, attributes)
        : (FileChannel) held.newByteChannel(relative(name), NEW, attributes);
  }

  /**
   * Gives a file a name that is free, in one step; it may keep the first.
   *
   * @throws FileAlreadyExistsException if there is something of that name
   */
  void claim(String from, String to) throws IOException {
    try {
      // Where a link has taken the folder's place, nothing there has the first name.
      Files.createLink(path.resolve(to), path.resolve(from));
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // Some file systems know none, such as FAT: the name is taken first, for a moment empty.
      create(to).close();
      move(from, to);
    }
  }

  /** Gives a file another name, in one step; a file of that name is replaced. */
  void move(String from, String to) throws IOException {
    if (held == null) {
      Files.move(
          path.resolve(from),
          path.resolve(to),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } else {
      held.move(relative(from), held, relative(to));
    }
  }

  /** Whether there is a file of that name, which is no link. */
  public boolean hasFile(String name) {
    try {
      return (held == null
              ? Files.getFileAttributeView(
                  path.resolve(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              : held.getFileAttributeView(
                  relative(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS))
          .readAttributes()
          .isRegularFile();
    } catch (IOException e) {
      return false;
    }
  }

  /** Removes a file, if there is one of that name which is no link. */
  public void deleteFile(String name) throws IOException {
    if (!hasFile(name)) {
      return;
    }
    if (held == null) {
      Files.deleteIfExists(path.resolve(name));
    } else {
      try {
        held.deleteFile(relative(name));
      } catch (NoSuchFileException e) {
        // Somebody else was quicker.
      }
    }
  }

  /** Removes a folder in it if that is empty, and can be removed: a mount point can't. */
  public void deleteIfEmpty(String name) {
    try {
      if (held == null) {
        if (Files.isDirectory(path.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
          Files.delete(path.resolve(name));
        }
      } else {
        held.deleteDirectory(relative(name));
      }
    } catch (IOException e) {
      // Somebody else's files are in it; and one that stays empty harms nobody.
    }
  }

  private Path relative(String name) {
    return path.getFileSystem().getPath(name);
  }

  @Override
  public void close() throws IOException {
    if (held != null) {
      held.close();
    }
  }
}
