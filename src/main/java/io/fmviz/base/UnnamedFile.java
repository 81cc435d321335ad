package io.fmviz.base;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file under a temporary name in a folder that is held open, until it gets its own. Closed before
 * that, it is removed.
 */
final class UnnamedFile implements Closeable {
  private final HeldFolder held;
  private final String name;
  private final boolean durable;
  private final Path temporary;
  private final FileChannel channel;

  private UnnamedFile(HeldFolder held, String name, boolean durable) throws IOException {
    this.held = held;
    this.name = name;
    this.durable = durable;
    this.temporary = TemporaryFiles.begin(held.path(), name);
    try {
      this.channel = held.create(unnamed());
    } catch (IOException | RuntimeException e) {
      TemporaryFiles.end(held, temporary);
      throw e;
    }
  }

  /**
   * Makes it.
   *
   * @param name that it gets
   * @param durable whether it is locked, and forced to the disk before it gets its name
   */
  static UnnamedFile begin(HeldFolder held, String name, boolean durable) throws IOException {
    UnnamedFile file = new UnnamedFile(held, name, durable);
    while (durable && !file.isOurs()) {
      // Another process has swept it before it was locked.
      file.close();
      file = new UnnamedFile(held, name, durable);
    }
    return file;
  }

  private boolean isOurs() {
    return TemporaryFiles.isLocked(channel, false) && Files.exists(temporary);
  }

  private String unnamed() {
    return temporary.getFileName().toString();
  }

  /** Takes its bytes; closing that changes nothing. */
  OutputStream stream() {
    return new OpenStream(Channels.newOutputStream(channel));
  }

  /**
   * Gives it its name.
   *
   * @param replace a file that has it already
   */
  void complete(boolean replace) throws IOException {
    if (durable) {
      // The lock goes when the channel is closed; the bytes are on the disk already.
      channel.force(true);
      rename(replace);
    } else {
      // Some file systems say only when a file is closed that it could not be written.
      channel.close();
      rename(replace);
    }
  }

  private void rename(boolean replace) throws IOException {
    if (replace) {
      held.move(unnamed(), name);
      return;
    }
    try {
      held.claim(unnamed(), name);
    } catch (FileAlreadyExistsException e) {
      throw new UserException(
          Settings.named(
                  "cannot write %s: it has appeared meanwhile; move it away, or give {force} to replace it")
              .formatted(held.path().resolve(name)),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      TemporaryFiles.end(held, temporary);
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
