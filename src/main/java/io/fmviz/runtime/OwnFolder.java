package io.fmviz.runtime;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Folders that nobody but the user and the administrator can change, or exchange for another: on
 * the way from the root, through every link, each folder belongs to one of the two, and others can
 * write none of them; but into one with the sticky bit, as {@code /tmp}, they may put what is
 * theirs. What was looked at stays as it was, so that it may be used by its name later.
 *
 * <p>The bits of a file's mode tell of POSIX access lists too: their mask stands in the group's. On
 * Windows nothing is looked at: a profile is its user's alone there unless its user shares it, and
 * Java can't tell the system's own groups in every language.
 */
public final class OwnFolder {
  // From stat.h.
  private static final int WRITTEN_BY_OTHERS = 0022;
  private static final int STICKY = 01000;

  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  private final Set<Integer> trusted;
  private final boolean make;

  private OwnFolder(Set<Integer> trusted, boolean make) {
    this.trusted = trusted;
    this.make = make;
  }

  /**
   * Looks at a folder and all above it.
   *
   * @return its name without links
   * @throws UntrustedFolderException if others can change it
   * @throws IOException if it isn't there
   */
  public static Path require(Path folder) throws IOException {
    return walk(folder, false);
  }

  /** The same, where what is missing is made for the user alone. */
  public static Path make(Path folder) throws IOException {
    return walk(folder, true);
  }

  /** Looks at a folder that others have filled, and at everything in it. */
  static void requireAll(Path folder) throws IOException {
    Path real = require(folder);
    try (Stream<Path> found = Files.walk(real)) {
      for (Path path : found.toList()) {
        if (Files.isSymbolicLink(path)) {
          require(path);
        } else {
          requireOwn(path);
        }
      }
    }
  }

  /**
   * Looks at a file in a folder that was looked at.
   *
   * @throws UntrustedFolderException if others can change it
   */
  static void requireOwn(Path file) throws IOException {
    if (isUnix(file)) {
      new OwnFolder(trusted(), false).check(file, false);
    }
  }

  private static Path walk(Path folder, boolean make) throws IOException {
    Path absolute = folder.toAbsolutePath();
    if (isUnix(folder)) {
      return new OwnFolder(trusted(), make).walk(absolute);
    }
    return make ? Files.createDirectories(absolute) : absolute.toRealPath();
  }

  private static boolean isUnix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  /** The user, the administrator, and who has the root folder where a container renumbers users. */
  private static Set<Integer> trusted() throws IOException {
    Set<Integer> trusted = new HashSet<>();
    trusted.add(0);
    try {
      trusted.add((int) new UnixSystem().getUid());
    } catch (LinkageError e) {
      throw new IOException("this Java has no module jdk.security.auth, which knows the user", e);
    }
    trusted.add((Integer) Files.getAttribute(Path.of("/"), "unix:uid"));
    return trusted;
  }

  private Path walk(Path absolute) throws IOException {
    Path at = absolute.getRoot();
    check(at, true);
    Deque<Path> ahead = new ArrayDeque<>();
    absolute.forEach(ahead::addLast);
    int links = 0;
    while (!ahead.isEmpty()) {
      Path name = ahead.removeFirst();
      if (name.toString().equals("..")) {
        at = at.getParent() == null ? at : at.getParent();
        continue;
      }
      Path next = at.resolve(name).normalize();
      if (!Files.isSymbolicLink(next)) {
        makeIfMissing(next);
        check(next, !ahead.isEmpty());
        if (!Files.isDirectory(next)) {
          throw new NotDirectoryException(next.toString());
        }
        at = next;
        continue;
      }
      check(next, true);
      if (++links > MOST_LINKS) {
        throw new FileSystemLoopException(absolute.toString());
      }
      Path target = Files.readSymbolicLink(next);
      at = target.isAbsolute() ? target.getRoot() : at;
      for (int i = target.getNameCount() - 1; i >= 0; i--) {
        ahead.addFirst(target.getName(i));
      }
    }
    return at;
  }

  private void makeIfMissing(Path folder) throws IOException {
    if (make && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (FileAlreadyExistsException e) {
        // Somebody was quicker, and it is looked at as theirs.
      }
    }
  }

  /**
   * Looks at a file, a folder or a link itself.
   *
   * @param passed whether only what is below is wanted, whose owner is looked at too
   */
  private void check(Path path, boolean passed) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(path, "unix:uid,mode,isSymbolicLink", LinkOption.NOFOLLOW_LINKS);
    if (!trusted.contains((Integer) found.get("uid"))) {
      throw new UntrustedFolderException(path + " belongs to another user");
    }
    int mode = (Integer) found.get("mode");
    boolean isLink = (Boolean) found.get("isSymbolicLink");
    if (!isLink && (mode & WRITTEN_BY_OTHERS) != 0 && !(passed && (mode & STICKY) != 0)) {
      throw new UntrustedFolderException(path + " can be written by others");
    }
  }
}
