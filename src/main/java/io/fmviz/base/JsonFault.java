package io.fmviz.base;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with JSON, in words of ours: Gson's messages name its own methods and tokens. */
public final class JsonFault {
  private static final Pattern PLACE = Pattern.compile("line (\\d+) column (\\d+)");
  private static final Pattern OTHER = Pattern.compile("Expected (?:an? )?(\\w+) but was (\\w+)");

  private static final Pattern DEEP = Pattern.compile("Nesting limit (\\d+) reached");

  private static final Map<String, String> TOKENS =
      Map.ofEntries(
          Map.entry("BEGIN_OBJECT", "an object"),
          Map.entry("BEGIN_ARRAY", "a list"),
          Map.entry("END_OBJECT", "the end of an object"),
          Map.entry("END_ARRAY", "the end of a list"),
          Map.entry("END_DOCUMENT", "the end"),
          Map.entry("NAME", "a name"),
          Map.entry("STRING", "a string"),
          Map.entry("string", "a string"),
          Map.entry("NUMBER", "a number"),
          Map.entry("int", "a number"),
          Map.entry("long", "a number"),
          Map.entry("double", "a number"),
          Map.entry("BOOLEAN", "true or false"),
          Map.entry("boolean", "true or false"),
          Map.entry("NULL", "null"));

  private JsonFault() {}

  /** The fault that an exception of Gson's tells of, and its place. */
  public static String of(Exception e) {
    String message = String.valueOf(e.getMessage());
    Matcher other = OTHER.matcher(message);
    boolean isKnown =
        other.find() && TOKENS.containsKey(other.group(1)) && TOKENS.containsKey(other.group(2));
    Matcher deep = DEEP.matcher(message);
    if (deep.find()) {
      return "it is nested more than %s deep".formatted(deep.group(1));
    }
    String fault =
        isKnown
            ? "%s where %s belongs"
                .formatted(TOKENS.get(other.group(2)), TOKENS.get(other.group(1)))
            : "it is not well formed";
    Matcher place = PLACE.matcher(message);
    return place.find()
        ? "%s, at line %s, column %s".formatted(fault, place.group(1), place.group(2))
        : fault;
  }
}
