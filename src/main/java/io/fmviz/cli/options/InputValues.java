package io.fmviz.cli.options;

import io.fmviz.base.InvalidValueException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a network's other inputs get, as {@code scale_factor=1,1}. */
final class InputValues {
  /** What stands for an option without a value. */
  static final String NONE = "=";

  private InputValues() {}

  /** Of each name the values; {@link #NONE} has none. */
  static Map<String, List<Double>> of(List<String> texts) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (String text : texts) {
      if (!text.equals(NONE)) {
        int end = text.lastIndexOf('=');
        if (end < 1) {
          throw new InvalidValueException(
              "input", "takes a name and values, such as scale_factor=1,1, not " + text);
        }
        values.put(text.substring(0, end), numbers(text, text.substring(end + 1)));
      }
    }
    return values;
  }

  private static List<Double> numbers(String text, String list) {
    List<Double> numbers = new ArrayList<>();
    for (String word : list.strip().split("[,\\s]+", -1)) {
      numbers.add(number(text, word));
    }
    return numbers;
  }

  /** Whole numbers beyond 2^53 that a float of 64 bits doesn't hold would be others. */
  private static void checkExact(String word, double number) {
    BigDecimal held = new BigDecimal(number);
    if (word.matches("[+-]?\\d+") && new BigDecimal(word).compareTo(held) != 0) {
      throw new InvalidValueException(
          "input", "can't be %s: it would be %s".formatted(word, held.toPlainString()));
    }
  }

  private static double number(String text, String word) {
    if (word.equals("true") || word.equals("false")) {
      return word.equals("true") ? 1 : 0;
    }
    try {
      double number = Double.parseDouble(word);
      if (Double.isFinite(number)) {
        checkExact(word, number);
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new InvalidValueException(
        "input", "takes numbers, true or false behind the name, not " + text);
  }
}
