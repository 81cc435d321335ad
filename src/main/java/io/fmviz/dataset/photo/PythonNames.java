package io.fmviz.dataset.photo;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the text of a Python dict from numbers to strings or from strings to numbers, or of a list
 * of strings, as {@code repr} writes them. Nothing in it is ever run.
 */
final class PythonNames {
  private static final int MAX_NAMES = 1_000_000;

  private final String text;
  private int at;

  private PythonNames(String text) {
    this.text = text;
  }

  /** The names, from 0 on; none if the text is anything else. */
  static List<String> parse(String text) {
    PythonNames names = new PythonNames(text);
    try {
      return names.all();
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return List.of();
    }
  }

  private List<String> all() {
    boolean isMap = next() == '{';
    List<String> names = isMap ? map() : list();
    at++;
    return text.substring(at).isBlank() ? names : List.of();
  }

  private List<String> list() {
    List<String> names = new ArrayList<>();
    expect('[');
    while (next() != ']') {
      names.add(string());
      separate(']', names.size());
    }
    return names;
  }

  private List<String> map() {
    NumberedNames names = new NumberedNames();
    int count = 0;
    expect('{');
    while (next() != '}') {
      if (isQuote(next())) {
        String name = string();
        expect(':');
        names.put(number(), name);
      } else {
        int number = number();
        expect(':');
        names.put(number, string());
      }
      separate('}', ++count);
    }
    List<String> all = names.names();
    return all.size() == count ? all : List.of();
  }

  private void separate(char close, int count) {
    if (next() != close) {
      expect(',');
    }
    if (count > MAX_NAMES) {
      throw new IllegalArgumentException("more than " + MAX_NAMES);
    }
  }

  /** What comes next, but for spaces. */
  private char next() {
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.charAt(at);
  }

  private void expect(char c) {
    if (next() != c) {
      throw new IllegalArgumentException("no " + c);
    }
    at++;
  }

  private int number() {
    next();
    int begin = at;
    while (text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return Integer.parseInt(text.substring(begin, at));
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '"';
  }

  private String string() {
    char quote = next();
    if (!isQuote(quote)) {
      throw new IllegalArgumentException("no string");
    }
    StringBuilder name = new StringBuilder();
    for (at++; text.charAt(at) != quote; at++) {
      if (text.charAt(at) == '\\') {
        at++;
        name.appendCodePoint(escaped());
      } else {
        name.append(text.charAt(at));
      }
    }
    at++;
    return name.toString();
  }

  /** The character that an escape stands for; the text is left at its last. */
  private int escaped() {
    return switch (text.charAt(at)) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'x' -> code(2);
      case 'u' -> code(4);
      case 'U' -> code(8);
      default -> text.charAt(at);
    };
  }

  private int code(int digits) {
    int code = Integer.parseInt(text.substring(at + 1, at + 1 + digits), 16);
    at += digits;
    if (!Character.isValidCodePoint(code)) {
      throw new IllegalArgumentException("no character " + code);
    }
    return code;
  }
}
