package io.fmviz.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files that this process is writing under temporary names, which go when it ends, and those
 * that killed ones left.
 */
final class TemporaryFiles {
  private static final Pattern NAME = Pattern.compile("\\..+\\.\\d{1,19}-\\d{1,19}\\.tmp");

  /** Processes of other machines and containers may have the same number; these begin elsewhere. */
  private static final AtomicLong COUNTER =
      new AtomicLong(new SecureRandom().nextInt(1_000_000_000));

  private static final Set<Path> PENDING = new HashSet<>();
  private static boolean hooked;
  private static boolean ending;

  private TemporaryFiles() {}

  /** A new one, for a file of a name; until {@link #end} it is this process's. */
  static synchronized Path begin(Path folder, String name) {
    waitIfEnding();
    if (!hooked) {
      hooked = true;
      ShutdownHooks.add(TemporaryFiles::abandon);
    }
    long pid = ProcessHandle.current().pid();
    Path temporary =
        folder.resolve("." + name + "." + pid + "-" + COUNTER.incrementAndGet() + ".tmp");
    PENDING.add(temporary.toAbsolutePath());
    return temporary;
  }

  /** Ends it: it has its name, or is removed. */
  static synchronized void end(HeldFolder held, Path temporary) throws IOException {
    waitIfEnding();
    PENDING.remove(temporary.toAbsolutePath());
    held.deleteFile(temporary.getFileName().toString());
  }

  /** Removes those that a killed process left in a folder. */
  static void sweep(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(TemporaryFiles::isTemporary).toList()) {
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
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
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
  static boolean isLocked(FileChannel channel, boolean shared) {
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
    return NAME.matcher(file.getFileName().toString()).matches()
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static synchronized boolean isPending(Path file) {
    return PENDING.contains(file.toAbsolutePath());
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
        TemporaryFiles.class.wait();
      } catch (InterruptedException e) {
        // Only the end of the process ends this.
      }
    }
  }
}
