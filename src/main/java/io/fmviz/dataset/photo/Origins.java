package io.fmviz.dataset.photo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who said how pictures are read, in a few words. */
final class Origins {
  private Origins() {}

  /**
   * As {@code mean, std: preprocessor_config.json; the rest: a guess}.
   *
   * @param origins who said it, by the setting
   */
  static String text(Map<String, String> origins) {
    Map<String, List<String>> settings = new LinkedHashMap<>();
    origins.forEach(
        (setting, origin) ->
            settings.computeIfAbsent(origin, any -> new ArrayList<>()).add(setting));
    if (settings.size() == 1) {
      return "all: " + settings.keySet().iterator().next();
    }
    List<String> guessed = settings.remove(Source.GUESS);
    String said =
        settings.entrySet().stream()
            .map(e -> String.join(", ", e.getValue()) + ": " + e.getKey())
            .collect(Collectors.joining("; "));
    return guessed == null
        ? said
        : said
            + (guessed.size() > 1 ? "; the rest: " : "; " + guessed.get(0) + ": ")
            + Source.GUESS;
  }
}
