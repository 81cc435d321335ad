package io.fmviz.serve.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request's line and headers. Nothing is decoded.
 *
 * @param query what stands behind the first question mark; null for none
 * @param headers by their names in lower case, in their order
 */
record Head(
    String method, String path, String query, boolean isOld, Map<String, List<String>> headers) {
  /** Cookies of other servers of the same host come along, and an address may be long. */
  private static final int MOST_BYTES = 1 << 16;

  private static final int MOST_HEADERS = 100;
  private static final Pattern LINE =
      Pattern.compile("([A-Za-z]{1,16}) ([\\x21-\\x7e]+) HTTP/1\\.([01])");
  private static final Pattern HEADER =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\\x00\\r]*)");

  /** Reads one; null if the other side ended before it. */
  static Head read(RequestInput in) throws IOException {
    in.allow(MOST_BYTES);
    String first = in.line();
    if (first != null && first.isEmpty()) {
      // A line that an older request left.
      first = in.line();
    }
    if (first == null) {
      return null;
    }
    Matcher line = LINE.matcher(first);
    if (!line.matches()) {
      throw new Malformed(400, "this is not an HTTP/1.1 request");
    }
    String target = line.group(2);
    int mark = target.indexOf('?');
    return new Head(
        line.group(1),
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? null : target.substring(mark + 1),
        line.group(3).equals("0"),
        headers(in));
  }

  private static Map<String, List<String>> headers(RequestInput in) throws IOException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    int count = 0;
    for (String line = in.line(); !"".equals(line); line = in.line()) {
      Matcher header = HEADER.matcher(line == null ? "" : line);
      if (!header.matches() || ++count > MOST_HEADERS) {
        throw new Malformed(400, "a header is malformed, or there are too many");
      }
      headers
          .computeIfAbsent(header.group(1).toLowerCase(Locale.ROOT), n -> new ArrayList<>())
          .add(header.group(2).strip());
    }
    return headers;
  }

  /** A header's values. */
  List<String> all(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /** Whether one of its values is a word. */
  boolean says(String name, String word) {
    return all(name).stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .anyMatch(each -> each.strip().equalsIgnoreCase(word));
  }
}
