package io.fmviz.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where results go: a print stream that remembers why something could not be written. */
final class ResultStream extends PrintStream {
  // Kinds of files, from sys/stat.h.
  private static final int S_IFMT = 0xF000;
  private static final int S_IFIFO = 0x1000;
  private static final int S_IFSOCK = 0xC000;

  private final Noting target;
  private final boolean pipe;

  /** What was expected to be written isn't, and there is no point in going on. */
  static final class LostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostException(IOException cause) {
      super(cause);
    }
  }

  /** Notes the first failure of another stream. */
  private static final class Noting extends OutputStream {
    private final OutputStream stream;
    private IOException failure;

    Noting(OutputStream stream) {
      this.stream = stream;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        stream.write(bytes, offset, length);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }
  }

  ResultStream(OutputStream stream, Charset charset) {
    this(new Noting(stream), charset, false);
  }

  private ResultStream(Noting target, Charset charset, boolean pipe) {
    super(target, true, charset);
    this.target = target;
    this.pipe = pipe;
  }

  /** Standard output, in the encoding of {@code System.out}. */
  static ResultStream standardOutput() {
    String told = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
    Charset charset = told == null ? Charset.defaultCharset() : Charset.forName(told);
    Noting target = new Noting(new FileOutputStream(FileDescriptor.out));
    return new ResultStream(target, charset, isPipe(Path.of("/proc/self/fd/1")));
  }

  /** Why something that was printed could not be written; null if all was. */
  IOException failure() {
    flush();
    return target.failure;
  }

  /** Ends the command if something that was printed could not be written. */
  void requireWritten() {
    if (failure() != null) {
      throw new LostException(target.failure);
    }
  }

  /**
   * Whether something could not be written because nobody reads any more, as behind {@code fmviz
   * summary | head -1}. The system's message may be in any language, but a pipe never lacks room.
   */
  boolean isClosedPipe() {
    return failure() != null
        && (pipe || failure().toString().toLowerCase(Locale.ROOT).contains("pipe"));
  }

  private static boolean isPipe(Path file) {
    try {
      int kind = (Integer) Files.getAttribute(file, "unix:mode") & S_IFMT;
      return kind == S_IFIFO || kind == S_IFSOCK;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
