package io.fmviz.dataset.photo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of classes in YAML, as ultralytics' {@code data.yaml} has them: what stands at the file's
 * outermost level as {@code names}, a list, or a map from numbers or to them, in lines of their own
 * or in brackets. The rest of the file is passed over; no other YAML is understood.
 */
final class YamlNames {
  private static final List<String> KEYS =
      List.of("names", "class_names", "classes", "labels", "id2label", "class_to_idx");

  private static final Pattern KEY =
      Pattern.compile("[\"']?(?<key>[a-z0-9_]+)[\"']?\\s*:(?:\\s+(?<rest>.*))?");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,7}");

  private final List<String> lines;

  /** What isn't understood, in words, with its line. */
  static final class Fault extends Exception {
    private static final long serialVersionUID = 1;

    Fault(int line, String what) {
      super("line %d %s".formatted(line + 1, what));
    }
  }

  private YamlNames(String text) {
    this.lines = text.lines().toList();
  }

  /** Whether a text has such names, as far as its first words tell. */
  static boolean isThere(String text) {
    return new YamlNames(text).find() >= 0;
  }

  /**
   * The names.
   *
   * @return none if there are none
   * @throws Fault if they are written in another way
   */
  static List<String> of(String text) throws Fault {
    YamlNames yaml = new YamlNames(text);
    int at = yaml.find();
    return at < 0 ? List.of() : yaml.read(at);
  }

  /** The line with the key; -1 for none. */
  private int find() {
    for (String key : KEYS) {
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        if (!line.startsWith(key) && !line.startsWith(key, 1)) {
          continue;
        }
        Matcher matcher = KEY.matcher(line.stripTrailing());
        if (matcher.matches() && matcher.group("key").equals(key) && isCollection(matcher, i)) {
          return i;
        }
      }
    }
    return -1;
  }

  /** Whether what follows a key begins as a list or a map. */
  private boolean isCollection(Matcher key, int at) {
    String rest = rest(key);
    if (!rest.isEmpty()) {
      return rest.startsWith("[") || rest.startsWith("{");
    }
    int next = next(at + 1);
    return next < lines.size()
        && (lines.get(next).startsWith(" ") || isItem(lines.get(next).stripTrailing()));
  }

  /** Whether a line begins with a dash that stands by itself. */
  private static boolean isItem(String content) {
    return content.equals("-") || content.startsWith("- ") || content.startsWith("-\t");
  }

  private static String rest(Matcher key) {
    return key.group("rest") == null ? "" : uncommented(key.group("rest")).strip();
  }

  /** The next line that holds something. */
  private int next(int from) {
    int at = from;
    while (at < lines.size() && uncommented(lines.get(at)).isBlank()) {
      at++;
    }
    return at;
  }

  private List<String> read(int at) throws Fault {
    Matcher key = KEY.matcher(lines.get(at).stripTrailing());
    if (!key.matches()) {
      throw new IllegalStateException("no key");
    }
    String rest = rest(key);
    Entries entries = new Entries(key.group("key").equals("class_to_idx"));
    return rest.isEmpty() ? block(entries, at + 1) : bracketed(entries, rest, at);
  }

  private List<String> block(Entries entries, int from) throws Fault {
    int indent = -1;
    for (int at = next(from); at < lines.size(); at = next(at + 1)) {
      String line = uncommented(lines.get(at)).stripTrailing();
      String content = line.stripLeading();
      int own = line.length() - content.length();
      boolean isItem = isItem(content);
      if (own == 0 && !isItem) {
        break;
      }
      if (line.substring(0, own).indexOf('\t') >= 0 || (indent >= 0 && own != indent)) {
        throw new Fault(at, "is indented in another way");
      }
      indent = own;
      if (isItem) {
        entries.item(content.substring(1), at);
      } else {
        entries.pair(content, at);
      }
    }
    return entries.names(from);
  }

  /** Up to the bracket that closes the first one. */
  private List<String> bracketed(Entries entries, String first, int from) throws Fault {
    boolean isMap = first.startsWith("{");
    StringBuilder entry = new StringBuilder();
    char quote = 0;
    String line = first.substring(1);
    for (int at = from; ; line = uncommented(lines.get(at))) {
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        if (quote != 0) {
          if (c == '\\' && quote == '"' && i + 1 < line.length()) {
            entry.append(c);
            c = line.charAt(++i);
          } else if (c == quote) {
            quote = 0;
          }
        } else if ((c == '"' || c == '\'') && isAtStart(entry, isMap)) {
          quote = c;
        } else if (c == '[' || c == '{') {
          throw new Fault(at, "has brackets in brackets");
        } else if (c == ',' || c == (isMap ? '}' : ']')) {
          entries.add(entry.toString().strip(), isMap, at);
          entry.setLength(0);
          if (c != ',') {
            return entries.names(from);
          }
          continue;
        }
        entry.append(c);
      }
      entry.append(' ');
      if (++at >= lines.size()) {
        throw new Fault(from, "begins brackets that nothing closes");
      }
    }
  }

  /** Whether nothing stands before what comes next, or a map's key. */
  private static boolean isAtStart(StringBuilder entry, boolean isMap) {
    int end = entry.length();
    while (end > 0 && Character.isWhitespace(entry.charAt(end - 1))) {
      end--;
    }
    return end == 0 || (isMap && entry.charAt(end - 1) == ':');
  }

  /** A line without its comment, which begins with a mark behind a blank, outside of quotes. */
  private static String uncommented(String line) {
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean isFirst = i == 0 || " \t[{,:-".indexOf(line.charAt(i - 1)) >= 0;
      if (quote != 0) {
        if (c == '\\' && quote == '"') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if ((c == '"' || c == '\'') && isFirst) {
        quote = c;
      } else if (c == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
        return line.substring(0, i);
      }
    }
    return line;
  }

  /** A value of one line: in quotes, or as it is. */
  private static String scalar(String text, int line) throws Fault {
    String value = text.strip();
    if (value.isEmpty()) {
      throw new Fault(line, "has no name");
    }
    char first = value.charAt(0);
    if (first == '"' || first == '\'') {
      if (value.length() < 2 || value.charAt(value.length() - 1) != first) {
        throw new Fault(line, "has a quote that nothing closes");
      }
      String inner = value.substring(1, value.length() - 1);
      return first == '\'' ? inner.replace("''", "'") : unescaped(value, line);
    }
    if ("&*!|>%@`[{".indexOf(first) >= 0) {
      throw new Fault(line, "is no plain name");
    }
    return value;
  }

  private static String unescaped(String quoted, int line) throws Fault {
    List<String> one = PythonNames.parse("[" + quoted + "]");
    if (one.size() != 1) {
      throw new Fault(line, "has quotes within quotes");
    }
    return one.get(0);
  }

  /** What a list or a map holds. */
  private static final class Entries {
    private final List<String> items = new ArrayList<>();
    private final NumberedNames numbered = new NumberedNames();
    private final boolean areNamesFirst;
    private int pairs;

    /** Those of a map that has names first, whatever they look like, or of any other. */
    Entries(boolean areNamesFirst) {
      this.areNamesFirst = areNamesFirst;
    }

    void add(String entry, boolean isPair, int line) throws Fault {
      if (entry.isEmpty()) {
        return; // Behind the last comma.
      }
      if (isPair) {
        pair(entry, line);
      } else {
        item(entry, line);
      }
    }

    void item(String entry, int line) throws Fault {
      if (!isQuoted(entry) && entry.contains(": ")) {
        throw new Fault(line, "is a map in a list");
      }
      items.add(scalar(entry, line));
    }

    void pair(String entry, int line) throws Fault {
      int colon = colon(entry);
      if (colon < 0) {
        throw new Fault(line, "is neither an item nor a pair");
      }
      String key = scalar(entry.substring(0, colon), line);
      String value = scalar(entry.substring(colon + 1), line);
      // Names that are numbers stand in quotes, and their numbers in none.
      boolean isName =
          isQuoted(entry) && NUMBER.matcher(entry.substring(colon + 1).strip()).matches();
      boolean isNumberFirst = !areNamesFirst && !isName && NUMBER.matcher(key).matches();
      String number = isNumberFirst ? key : value;
      if (!NUMBER.matcher(number).matches()) {
        throw new Fault(line, "has no number");
      }
      numbered.put(Integer.parseInt(number), isNumberFirst ? value : key);
      pairs++;
    }

    private static boolean isQuoted(String entry) {
      String text = entry.strip();
      return text.startsWith("\"") || text.startsWith("'");
    }

    /** Where a key ends: at a colon outside of its quotes, before a blank or the end. */
    private static int colon(String entry) {
      boolean isQuoted = isQuoted(entry);
      int from = isQuoted ? Math.max(0, entry.indexOf(entry.charAt(0), 1)) : 0;
      for (int at = entry.indexOf(':', from); at >= 0; at = entry.indexOf(':', at + 1)) {
        if (at + 1 == entry.length() || entry.charAt(at + 1) == ' ' || isQuoted) {
          return at;
        }
      }
      return -1;
    }

    List<String> names(int line) throws Fault {
      if (pairs == 0) {
        return items;
      }
      List<String> names = items.isEmpty() ? numbered.names() : List.of();
      if (names.size() != pairs) {
        throw new Fault(line, "and those after it don't number every class from 0 on once");
      }
      return names;
    }
  }
}
