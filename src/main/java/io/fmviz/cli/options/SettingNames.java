package io.fmviz.cli.options;

import io.fmviz.base.Settings;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What people call the values that the rest of the program names in a word: {@code testBatchSize}
 * is the option {@code --test-batch-size}.
 */
public final class SettingNames {
  /** Options that are not called as their values are. */
  private static final Map<String, String> OTHERS = Map.of("learningRate", "--lr");

  private SettingNames() {}

  /** A message with the options' names in it. */
  public static String in(String message) {
    return Settings.in(message).replaceAll(named -> option(named.group(1)));
  }

  /** The option of a value: {@code --test-batch-size} for {@code testBatchSize}. */
  public static String option(String value) {
    String dashed = value.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    return OTHERS.getOrDefault(value, "--" + dashed);
  }

  /** The value of an option: {@code testBatchSize} for {@code --test-batch-size}. */
  public static String value(String option) {
    for (Map.Entry<String, String> other : OTHERS.entrySet()) {
      if (other.getValue().equals(option)) {
        return other.getKey();
      }
    }
    return Pattern.compile("-+([a-z])")
        .matcher(option.replaceFirst("^-+", ""))
        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }
}
