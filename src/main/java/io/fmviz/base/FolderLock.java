package io.fmviz.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process from writing into the same folder. The operating system holds the lock and
 * lets go of it when the process ends, however it ends; the empty file {@code .fmviz.lock} stays,
 * because a file that is removed while another process opens it would be locked twice.
 */
public final class FolderLock implements AutoCloseable {
  /** The name of the file that is locked. */
  public static final String FILE = ".fmviz.lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, making the folder if need be, and removes the temporary files that a killed
   * process left in it.
   *
   * @throws UserException if another fmviz has it, or the folder can't be written
   */
  public static FolderLock of(Path folder) {
    try {
      HeldFolder.make(folder);
    } catch (IOException e) {
      throw UserException.cannotWrite(folder, e);
    }
    FolderLock lock = ofExisting(folder);
    if (lock == null) {
      throw new UserException(
          "another fmviz is writing into %s: wait until it has finished, or name another folder"
              .formatted(folder));
    }
    AtomicFile.sweep(folder);
    return lock;
  }

  /**
   * Takes the lock of a folder that is there.
   *
   * @return null if another fmviz has it
   * @throws UserException if the folder can't be written
   */
  public static FolderLock ofExisting(Path folder) {
    Path file = folder.resolve(FILE);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UserException(
          "cannot write %s: it is %s, not a file; move it away"
              .formatted(file, Files.isSymbolicLink(file) ? "a symbolic link" : "something else"));
    }
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      if (isLocked(channel)) {
        return new FolderLock(channel);
      }
      channel.close();
      return null;
    } catch (IOException e) {
      throw UserException.cannotWrite(file, e);
    }
  }

  /**
   * The same for a folder that is there, where whoever has the lock is waited for. For one thread
   * of a process at a time.
   */
  public static FolderLock awaited(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      channel.lock();
      AtomicFile.sweep(folder);
      return new FolderLock(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock is gone when the process ends.
    }
  }
}
