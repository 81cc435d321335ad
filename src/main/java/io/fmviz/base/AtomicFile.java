package io.fmviz.base;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that appear whole or not at all: written under a temporary name in the same folder, then
 * moved over the target in one step. A process that ends early, by Ctrl-C too, leaves no partial
 * file under the target's name, and no temporary file unless it is killed outright.
 */
public final class AtomicFile {
  private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.\\d{1,19}-\\d{1,19}\\.tmp");

  /** Processes of other machines and containers may have the same number; these begin elsewhere. */
  private static final AtomicLong COUNTER =
      new AtomicLong(new SecureRandom().nextInt(1_000_000_000));

  private static final Set<Path> PENDING = new HashSet<>();
  private static boolean hooked;
  private static boolean ending;

  private AtomicFile() {}

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
    write(target, true, content);
  }

  /**
   * Like {@link #writeDurably}, without waiting for the disk or locking: for files that are easily
   * remade, in a folder whose lock this process has.
   */
  public static void write(Path target, Content content) {
    write(target, false, content);
  }

  /**
   * Like {@link #write}, where no other user may ever write the file, with the temporary file in
   * another folder of the same file system.
   *
   * @param folder whose lock this process has
   */
  public static void writeBy(Path folder, Path target, Content content) {
    try {
      FileAttribute<?>[] rights =
          folder.getFileSystem().supportedFileAttributeViews().contains("posix")
              ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"))
              }
              : new FileAttribute<?>[0];
      isWritten(begin(folder, target.getFileName().toString()), target, false, content, rights);
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
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(AtomicFile::isTemporary).toList()) {
        sweepFile(file);
      }
    } catch (IOException e) {
      throw UserException.cannotWrite(folder, e);
    }
  }

  /** Whoever writes a file durably has it locked, be it on another machine. */
  private static void sweepFile(Path file) throws IOException {
    if (isPending(file)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (isLocked(channel, true)) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException | AccessDeniedException e) {
      // It has its name by now, or is somebody else's.
    }
  }

  /**
   * Takes the lock on a file, unless somebody has it; true where the file system knows no locks.
   */
  private static boolean isLocked(FileChannel channel, boolean shared) {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared) != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      // Nobody can take a folder's lock there either, and so nobody sweeps.
      return true;
    }
  }

  private static boolean isTemporary(Path file) {
    return TEMPORARY.matcher(file.getFileName().toString()).matches()
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static void write(Path target, boolean durable, Content content) {
    if (Files.isSymbolicLink(target)) {
      throw new UserException(
          "cannot write %s: it is a symbolic link, and the file would take its place; move the link away"
              .formatted(target));
    }
    try {
      Path folder = target.toAbsolutePath().getParent();
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
      while (!isWritten(begin(folder, target.getFileName().toString()), target, durable, content)) {
        // Another process has swept the temporary file before it was locked.
      }
    } catch (IOException e) {
      throw UserException.cannotWrite(target, e);
    }
  }

  private static boolean isWritten(
      Path temporary, Path target, boolean durable, Content content, FileAttribute<?>... attributes)
      throws IOException {
    boolean moved = false;
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              attributes)) {
        if (durable && !(isLocked(channel, false) && Files.exists(temporary))) {
          return false;
        }
        fill(channel, durable, content);
        if (durable) {
          // The lock goes when the channel is closed; the bytes are on the disk already.
          move(temporary, target);
          moved = true;
        }
      }
      if (!durable) {
        // Some file systems say only when a file is closed that it could not be written.
        move(temporary, target);
        moved = true;
      }
      return true;
    } finally {
      end(temporary, moved);
    }
  }

  private static void move(Path temporary, Path target) throws IOException {
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void fill(FileChannel channel, boolean durable, Content content)
      throws IOException {
    try (OutputStream out = new OpenStream(Channels.newOutputStream(channel))) {
      content.writeTo(out);
    }
    if (durable) {
      channel.force(true);
    }
  }

  private static synchronized boolean isPending(Path file) {
    return PENDING.contains(file.toAbsolutePath());
  }

  private static synchronized Path begin(Path folder, String name) {
    waitIfEnding();
    if (!hooked) {
      hooked = true;
      Ending.add(AtomicFile::abandon);
    }
    long pid = ProcessHandle.current().pid();
    Path temporary =
        folder.resolve("." + name + "." + pid + "-" + COUNTER.incrementAndGet() + ".tmp");
    PENDING.add(temporary);
    return temporary;
  }

  private static synchronized void end(Path temporary, boolean moved) throws IOException {
    waitIfEnding();
    PENDING.remove(temporary);
    if (!moved) {
      Files.deleteIfExists(temporary);
    }
  }

  /** The process is ending: nothing new is begun, nothing half-written stays. */
  private static synchronized void abandon() {
    ending = true;
    for (Path temporary : PENDING) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        // The process ends; a temporary file that can't be deleted harms nobody.
      }
    }
  }

  /** Holds a writer while the process ends, so that it neither writes on nor reports an error. */
  private static void waitIfEnding() {
    while (ending) {
      try {
        AtomicFile.class.wait();
      } catch (InterruptedException e) {
        // Only the end of the process ends this.
      }
    }
  }

  /** Leaves the channel open when the stream is closed, so that it can still be forced. */
  private static final class OpenStream extends FilterOutputStream {
    OpenStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
