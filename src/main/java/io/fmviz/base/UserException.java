package io.fmviz.base;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.regex.Matcher;

/**
 * What went wrong, told to a person: one line that names the file and what to do. The command line
 * prints the message behind {@code fmviz: } and exits with 1.
 *
 * <p>What a person can set is named as {@link Settings} says.
 */
public class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** More is cut out of the middle: a name out of a hostile file may be as long as the file. */
  private static final int LONGEST = 2_000;

  private static final String CONTROL = "[\\p{Cc}\\u2028\\u2029]";

  private final String reason;

  public UserException(String message) {
    this(message, null);
  }

  public UserException(String message, Throwable cause) {
    super(marked(message), cause);
    this.reason = getMessage();
  }

  /**
   * What went wrong and what to do, apart.
   *
   * @param hint what to do
   */
  public UserException(String reason, String hint, Throwable cause) {
    super(marked(reason + "; " + hint), cause);
    this.reason = marked(reason);
  }

  /** What went wrong, without what to do where that is known apart. */
  public String withoutHint() {
    return reason;
  }

  /**
   * A text that holds names out of a file, safe to show: they may hold the ends of lines and a
   * terminal's commands.
   */
  public static String oneLine(String text) {
    return cut(plain(text));
  }

  /** Likewise, with what marks the settings that it names. */
  static String marked(String text) {
    String line = cut(text);
    Matcher settings = Settings.in(line);
    StringBuilder safe = new StringBuilder();
    int from = 0;
    while (settings.find()) {
      safe.append(line.substring(from, settings.start()).replaceAll(CONTROL, "?"));
      safe.append(settings.group());
      from = settings.end();
    }
    return safe.append(line.substring(from).replaceAll(CONTROL, "?")).toString();
  }

  private static String cut(String line) {
    return line.length() <= LONGEST
        ? line
        : line.substring(0, LONGEST / 2) + " ... " + line.substring(line.length() - LONGEST / 2);
  }

  /** The same, however long. */
  public static String plain(String text) {
    return Settings.bare(text).replaceAll(CONTROL, "?");
  }

  /** A file or folder that can't be written, with the system's reason. */
  public static UserException cannotWrite(Path path, IOException cause) {
    return new UserException("cannot write " + path + ": " + reason(cause), cause);
  }

  /** A file or folder that can't be read, with the system's reason. */
  public static UserException cannotRead(Path path, IOException cause) {
    if (cause instanceof NoSuchFileException && WebAddress.of(path).isPresent()) {
      return new UserException(
          WebAddress.of(path).get() + " is a URL, not a file: download it, and give its file",
          cause);
    }
    return new UserException("cannot read " + path + ": " + reason(cause), cause);
  }

  /** The reason alone, in words: several of the JDK's exceptions hold nothing but a path. */
  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
      return "a file of that name is in the way";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "a folder of that name is in the way";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
