package io.fmviz.base;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
  private static final AtomicLong COUNTER = new AtomicLong();
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
   * its name.
   *
   * @throws UserException if it can't be written, naming the target; an existing target is then as
   *     it was
   */
  public static void writeDurably(Path target, Content content) {
    write(target, true, content);
  }

  /** Like {@link #writeDurably}, without waiting for the disk: for files that are easily remade. */
  public static void write(Path target, Content content) {
    write(target, false, content);
  }

  /**
   * Removes the temporary files that a killed process left in a folder. For holders of the folder's
   * lock: the temporary files of a process that is still writing look the same.
   *
   * @throws UserException if one can't be removed
   */
  public static void sweep(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(AtomicFile::isTemporary).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw UserException.cannotWrite(folder, e);
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
      Path temporary = begin(folder, target.getFileName().toString());
      boolean moved = false;
      try {
        fill(temporary, durable, content);
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        moved = true;
      } finally {
        end(temporary, moved);
      }
    } catch (IOException e) {
      throw UserException.cannotWrite(target, e);
    }
  }

  private static void fill(Path temporary, boolean durable, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      try (OutputStream out = new OpenStream(Channels.newOutputStream(channel))) {
        content.writeTo(out);
      }
      if (durable) {
        channel.force(true);
      }
    }
  }

  private static synchronized Path begin(Path folder, String name) {
    waitIfEnding();
    if (!hooked) {
      hooked = true;
      Runtime.getRuntime().addShutdownHook(new Thread(AtomicFile::abandon, "fmviz-abandon-files"));
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
