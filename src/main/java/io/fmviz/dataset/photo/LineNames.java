package io.fmviz.dataset.photo;

import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of classes, one a line. Numbers that all lines have are theirs and not part of the names:
 * {@code 0 red}, {@code 1: green}, or, behind a mark, {@code red, 0}; from 0 or from 1 on.
 */
final class LineNames {
  private static final Pattern NUMBER_FIRST =
      Pattern.compile("(?<number>\\d{1,7})(?:\\s*[:=,;.|)\\-]\\s*|\\s+)(?<name>\\S.*)");

  private static final String MARKS = ":=,;|";

  private record Numbered(int number, String name) {}

  private LineNames() {}

  static List<String> of(String text) {
    List<String> lines = text.stripTrailing().lines().map(String::strip).toList();
    List<String> first = numbered(lines, LineNames::numberFirst);
    List<String> numbered = first.isEmpty() ? numbered(lines, LineNames::numberLast) : first;
    return numbered.isEmpty() ? lines : numbered;
  }

  private static Numbered numberFirst(String line) {
    Matcher matcher = NUMBER_FIRST.matcher(line);
    return matcher.matches()
        ? new Numbered(Integer.parseInt(matcher.group("number")), matcher.group("name"))
        : null;
  }

  /** A name may end in a number, "sign 30": a mark before it makes it the class's. */
  private static Numbered numberLast(String line) {
    int from = line.length();
    while (from > 0 && line.charAt(from - 1) >= '0' && line.charAt(from - 1) <= '9') {
      from--;
    }
    String number = line.substring(from);
    String marked = line.substring(0, from).stripTrailing();
    boolean isTab = line.substring(marked.length(), from).indexOf('\t') >= 0;
    boolean isMarked = !marked.isEmpty() && MARKS.indexOf(marked.charAt(marked.length() - 1)) >= 0;
    String name = isMarked ? marked.substring(0, marked.length() - 1).strip() : marked;
    return number.isEmpty() || number.length() > 7 || name.isEmpty() || !(isTab || isMarked)
        ? null
        : new Numbered(Integer.parseInt(number), name);
  }

  private static List<String> numbered(List<String> lines, Function<String, Numbered> form) {
    NumberedNames names = new NumberedNames();
    for (String line : lines) {
      Numbered numbered = form.apply(line);
      if (numbered == null) {
        return List.of();
      }
      names.put(numbered.number(), numbered.name());
    }
    List<String> ordered = names.names();
    List<String> found = ordered.isEmpty() ? names.names(1) : ordered;
    return found.size() == lines.size() && new HashSet<>(found).size() == found.size()
        ? found
        : List.of();
  }
}
