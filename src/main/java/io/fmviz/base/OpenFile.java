package io.fmviz.base;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * A file of {@link AtomicFile}'s that is written part by part: it appears when it is complete.
 * Closed before that, or when a part can't be written, nothing stays of it.
 */
public final class OpenFile implements AutoCloseable {
  private final Path target;
  private final HeldFolder held;
  private final UnnamedFile file;
  private final boolean replace;
  private final OutputStream stream;
  private boolean closed;

  /**
   * Under a temporary name.
   *
   * @param target for errors
   * @param held its folder, to be closed with it
   * @param replace a file that has its name already
   */
  OpenFile(Path target, HeldFolder held, UnnamedFile file, boolean replace) {
    this.target = target;
    this.held = held;
    this.file = file;
    this.replace = replace;
    this.stream = file.stream();
  }

  /** Writes to the file's stream. */
  @FunctionalInterface
  public interface Part {
    void write() throws IOException;
  }

  /** Where the parts go. */
  public OutputStream stream() {
    return stream;
  }

  /**
   * Writes a part.
   *
   * @throws UserException if the file can't be written
   */
  public void add(Part part) {
    boolean isWritten = false;
    try {
      part.write();
      isWritten = true;
    } catch (IOException e) {
      throw UserException.cannotWrite(target, e);
    } finally {
      if (!isWritten) {
        close();
      }
    }
  }

  /** Gives the file its name. */
  public void complete() {
    add(() -> file.complete(replace));
    close();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (held) {
      file.close();
    } catch (IOException e) {
      throw UserException.cannotWrite(target, e);
    }
  }
}
