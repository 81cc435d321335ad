package io.fmviz.base;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Names that Java can't tell. It reads and writes names in the locale's encoding, in the POSIX
 * locale ASCII, and puts a question mark in the place of what isn't in it: a file of another name,
 * or a folder elsewhere, would be read and written.
 */
public final class FileNames {
  private FileNames() {}

  /**
   * Refuses command line arguments that Java doesn't have as they were typed, and a working folder
   * whose name it doesn't know. Where the system doesn't tell what was typed, as Linux does,
   * nothing is refused.
   *
   * @throws UserException if there is such a one
   */
  public static void requireTyped(String... args) {
    try {
      require(Path.of("/proc/self/cwd").toRealPath(), "the working folder");
      requireTyped(args, Files.readAllBytes(Path.of("/proc/self/cmdline")), encoding());
    } catch (IOException e) {
      // Another system than Linux: Windows and macOS know Unicode everywhere.
    }
  }

  /**
   * Refuses arguments that aren't as they were typed.
   *
   * @param commandLine the process's words, each with a zero after it; the arguments come last
   * @param encoding of names
   */
  static void requireTyped(String[] args, byte[] commandLine, Charset encoding) {
    List<byte[]> words = words(commandLine);
    int before = words.size() - args.length;
    for (int i = 0; i < args.length && before >= 0; i++) {
      byte[] typed = words.get(before + i);
      if (!isAscii(typed) && !Arrays.equals(args[i].getBytes(encoding), typed)) {
        throw unknown("\"" + args[i] + "\"", encoding);
      }
    }
  }

  private static boolean isAscii(byte[] word) {
    for (byte b : word) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static List<byte[]> words(byte[] commandLine) {
    List<byte[]> words = new ArrayList<>();
    for (int from = 0, to = 0; to < commandLine.length; to++) {
      if (commandLine[to] == 0) {
        words.add(Arrays.copyOfRange(commandLine, from, to));
        from = to + 1;
      }
    }
    return words;
  }

  /**
   * Refuses a file that a folder was found to hold, if its name can't be written: who makes text of
   * it and a path again has another file.
   *
   * @throws UserException if it can't
   */
  public static void require(Path found) {
    // Elsewhere names are not in the locale's encoding.
    if (found.getFileSystem() == FileSystems.getDefault()) {
      require(found, "\"" + found + "\"");
    }
  }

  private static void require(Path found, String what) {
    boolean same;
    try {
      same = Path.of(found.toString()).equals(found);
    } catch (InvalidPathException e) {
      same = false;
    }
    if (!same) {
      throw unknown(what, encoding());
    }
  }

  /**
   * A character as a part of a file's name: letters, digits and signs of any script as they are, a
   * low line for what is forbidden or special somewhere, for blanks and for what isn't seen. What
   * can't be written in this locale becomes its code point, {@code u732b}.
   */
  public static String plain(int codePoint) {
    String text = Character.toString(codePoint);
    if (codePoint < 0x80) {
      return text.matches("[A-Za-z0-9_-]") ? text : "_";
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          "_";
      default -> canBeWritten(text) ? text : "u%04x".formatted(codePoint);
    };
  }

  private static boolean canBeWritten(String name) {
    try {
      return Path.of(name).toString().equals(name);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** A name that can't be written, or was not read as it is. */
  public static UserException unknown(String what) {
    return unknown(what, encoding());
  }

  private static UserException unknown(String what, Charset encoding) {
    if (encoding.equals(StandardCharsets.UTF_8)) {
      return new UserException(
          "Java can't name " + what + ": its name isn't UTF-8, so give it another");
    }
    return new UserException(
        "Java can't name %s in this locale, which knows %s only: set LANG=C.UTF-8%s"
            .formatted(
                what, encoding.aliases().contains("ASCII") ? "ASCII" : encoding, overriding()));
  }

  /** What outranks LANG. */
  private static String overriding() {
    List<String> set = new ArrayList<>(List.of("LC_ALL", "LC_CTYPE"));
    set.removeIf(name -> System.getenv(name) == null || System.getenv(name).isEmpty());
    return set.isEmpty() ? "" : ", and unset " + String.join(" and ", set);
  }

  /** In which Java reads and writes names. */
  private static Charset encoding() {
    String name = System.getProperty("sun.jnu.encoding");
    return name != null && Charset.isSupported(name)
        ? Charset.forName(name)
        : Charset.defaultCharset();
  }
}
