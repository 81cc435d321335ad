package io.fmviz.fuzz;

import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * The file through which a fuzzer's bytes reach a parser. A parser may take them or refuse them in
 * words for people; all else that comes out of it is a finding.
 */
public final class FuzzedFile {
  private static final int LONGEST_MESSAGE = 4_000;

  private final Path path;

  /** A file of this name in a folder of its own. */
  public FuzzedFile(String name) {
    try {
      Path folder = Files.createTempDirectory("fmviz-fuzz");
      folder.toFile().deleteOnExit();
      path = folder.resolve(name);
      path.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path path() {
    return path;
  }

  public FuzzedFile write(byte[] content) {
    try {
      Files.write(path, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public byte[] read() {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a parser makes of these bytes; nothing if it refuses them as it should. */
  public <T> Optional<T> parse(byte[] content, Function<Path, T> parser) {
    return write(content).parse(parser);
  }

  /** What a parser makes of the file as it is. */
  public <T> Optional<T> parse(Function<Path, T> parser) {
    try {
      return Optional.of(parser.apply(path));
    } catch (UserException e) {
      checkMessage(e);
      return Optional.empty();
    }
  }

  private void checkMessage(UserException e) {
    String message = Settings.bare(e.getMessage());
    if (!message.contains(path.toString())
        || message.codePoints().anyMatch(Character::isISOControl)
        || message.length() > LONGEST_MESSAGE) {
      throw new AssertionError("not one short line that names the file", e);
    }
  }
}
