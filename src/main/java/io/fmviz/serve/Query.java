package io.fmviz.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What stands behind the question mark of an address: names and plain values, nothing of which is
 * decoded.
 */
final class Query {
  private static final Pattern PART = Pattern.compile("([a-z]{1,16})(?:=([A-Za-z0-9.,:_-]*))?");
  private static final int LONGEST = 20_000;

  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * Reads one.
   *
   * @param raw null for none
   */
  Query(String raw) {
    if (raw == null || raw.isEmpty()) {
      return;
    }
    refuseUnless(raw.length() <= LONGEST, "the address is too long");
    for (String part : raw.split("&", -1)) {
      var found = PART.matcher(part);
      refuseUnless(found.matches(), "the address has a part that is none of fmviz's");
      values.put(found.group(1), found.group(2) == null ? "" : found.group(2));
    }
  }

  static void refuseUnless(boolean right, String line) {
    if (!right) {
      throw new Refusal(400, line);
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** A value; empty where there is none. */
  String text(String name) {
    return values.getOrDefault(name, "");
  }

  /** A number that must be there. */
  int number(String name, int least, int most) {
    return number(name, text(name), least, most);
  }

  /** A number, or what it is where there is none. */
  int number(String name, int least, int most, int otherwise) {
    return has(name) ? number(name, least, most) : otherwise;
  }

  static int number(String name, String text, int least, int most) {
    refuseUnless(text.matches("\\d{1,9}"), name + " must be a number");
    int number = Integer.parseInt(text);
    refuseUnless(
        number >= least && number <= most, "%s must be from %d to %d".formatted(name, least, most));
    return number;
  }
}
