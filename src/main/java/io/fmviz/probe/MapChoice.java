package io.fmviz.probe;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Numbers;
import io.fmviz.base.Require;
import io.fmviz.base.Settings;
import io.fmviz.network.Node;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which channels of a layer are drawn: a number is that many, the first ones; numbers and ranges
 * with commas are these, counted from 0: {@code 32}, {@code 0-7,12}, {@code 5-5}.
 */
public record MapChoice(String text) {
  private static final Pattern PART = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

  public MapChoice {
    Require.that(
        isList(text),
        "maps",
        "takes how many, or numbers and ranges counted from 0, such as 32 or 0-7,12, not %s",
        text);
    Require.that(!text.matches("0+"), "maps", "must be at least 1, not 0");
  }

  private static boolean isList(String text) {
    for (String part : text.split(",", -1)) {
      Matcher range = PART.matcher(part.strip());
      if (!range.matches() || first(range) > last(range)) {
        return false;
      }
    }
    return true;
  }

  private static int first(Matcher range) {
    return Integer.parseInt(range.group(1));
  }

  private static int last(Matcher range) {
    return Integer.parseInt(Objects.requireNonNullElse(range.group(2), range.group(1)));
  }

  /**
   * The chosen channels of a layer, ascending; those that it doesn't have are left out.
   *
   * @param choice null for all
   * @throws InvalidValueException if none is left
   */
  public static int[] of(MapChoice choice, Node node) {
    int channels = node.channels();
    IntStream all = IntStream.range(0, channels);
    int[] chosen = choice == null ? all.toArray() : all.filter(choice::takes).toArray();
    if (chosen.length == 0) {
      throw new InvalidValueException(
          Settings.named("{maps} %s: %s has %s, counted from 0")
              .formatted(choice.text, node.name(), Numbers.count(channels, "map")));
    }
    return chosen;
  }

  private boolean takes(int channel) {
    if (text.matches("\\d+")) {
      return channel < Integer.parseInt(text);
    }
    for (String part : text.split(",", -1)) {
      Matcher range = PART.matcher(part.strip());
      if (range.matches() && first(range) <= channel && channel <= last(range)) {
        return true;
      }
    }
    return false;
  }

  /** As in a manifest; null for none. */
  public static String textOf(MapChoice choice) {
    return choice == null ? null : choice.text;
  }

  /** {@code 32 of 2048}; null where all are drawn. */
  public static String share(int[] chosen, int channels) {
    return chosen.length == channels ? null : chosen.length + " of " + channels;
  }
}
