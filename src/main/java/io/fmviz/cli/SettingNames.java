package io.fmviz.cli;

import io.fmviz.base.Settings;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What people call the values that the rest of the program names in a word: {@code testBatchSize}
 * is the option {@code --test-batch-size}.
 */
final class SettingNames {
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
          "colormap",
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
          "inputSize",
          "interpolation",
          "invert",
          "label",
          "layers",
          "layout",
          "learningRate",
          "limitTest",
          "limitTrain",
          "maps",
          "mean",
          "method",
          "misclassified",
          "model",
          "normalize",
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

  /** A message with the options' names in it. */
  static String in(String message) {
    return Settings.in(message).replaceAll(named -> option(named.group(1)));
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
