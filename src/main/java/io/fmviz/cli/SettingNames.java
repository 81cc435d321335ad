package io.fmviz.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people call the values that the rest of the program names in a word: {@code {testBatchSize}}
 * in a message is the option {@code --test-batch-size}.
 */
final class SettingNames {
  private static final Pattern NAMED = Pattern.compile("\\{([a-z][A-Za-z]{0,30})}");

  /** Options that are not called as their values are. */
  private static final Map<String, String> OTHERS = Map.of("learningRate", "--lr");

  /** The values that messages name. */
  static final Set<String> KNOWN =
      Set.of(
          "allowChanges",
          "allowHost",
          "alpha",
          "baseChannels",
          "batchSize",
          "below",
          "capture",
          "checkpoint",
          "channelOrder",
          "class",
          "classNames",
          "count",
          "cropPct",
          "data",
          "dataset",
          "depth",
          "device",
          "epochs",
          "failOnDead",
          "fit",
          "force",
          "host",
          "image",
          "index",
          "indices",
          "inputSize",
          "interpolation",
          "invert",
          "label",
          "layers",
          "layout",
          "learningRate",
          "limit",
          "limitTest",
          "limitTrain",
          "maps",
          "mean",
          "method",
          "misclassified",
          "model",
          "nrow",
          "out",
          "padding",
          "padValue",
          "port",
          "preprocess",
          "range",
          "reduce",
          "resume",
          "samples",
          "scale",
          "seed",
          "split",
          "start",
          "std",
          "target",
          "targets",
          "testBatchSize",
          "threads",
          "to",
          "verbose");

  private SettingNames() {}

  /**
   * A message with the options' names in it. Other words in braces stay: a file may have such a
   * name.
   */
  static String in(String message) {
    return NAMED
        .matcher(message)
        .replaceAll(
            named ->
                Matcher.quoteReplacement(
                    KNOWN.contains(named.group(1)) ? option(named.group(1)) : named.group()));
  }

  /** The option of a value: {@code --test-batch-size} for {@code testBatchSize}. */
  static String option(String value) {
    String dashed = value.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    return OTHERS.getOrDefault(value, "--" + dashed);
  }

  /** The value of an option: {@code testBatchSize} for {@code --test-batch-size}. */
  static String value(String option) {
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
