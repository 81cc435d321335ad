package io.fmviz.probe;

import io.fmviz.base.Require;
import io.fmviz.base.Settings;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which images to look at, of a dataset's test images or of a user's pictures.
 *
 * @param samples how many at most, at least 1; null for 20, or for all of the indices
 * @param start the first image that is considered, counted from 1
 * @param indices the only images that are considered, as in {@code 3,17,40-50}, counted from 1;
 *     null for all from {@code start} on
 * @param label only images of this class, by its number or name; null for all
 * @param misclassified only images whose class the network gets wrong
 */
public record ImageChoice(
    Integer samples, int start, String indices, String label, boolean misclassified) {
  private static final int DEFAULT_SAMPLES = 20;
  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

  /** More than any dataset holds. */
  private static final int MAX_INDICES = 1_000_000;

  public ImageChoice {
    Require.atLeast(1, samples, "samples");
    Require.atLeast(1, start, "start");
    Require.that(label == null || !label.isBlank(), "class", "takes a number or a name");
    Require.that(
        indices == null || start == 1,
        "index",
        Settings.named("and {start} can't be used together"));
    if (indices != null) {
      numbers(indices);
    }
  }

  /** Whether only some of the considered images are taken, depending on what they show. */
  public boolean isFiltered() {
    return label != null || misclassified;
  }

  /** Whether a person has said nothing of it. */
  public boolean isByDefault() {
    return samples == null && start == 1 && indices == null && !isFiltered();
  }

  /** The same choice with a number of images, if it names neither that nor indices. */
  public ImageChoice orSamples(int count) {
    return samples != null || indices != null
        ? this
        : new ImageChoice(count, start, indices, label, misclassified);
  }

  /** How many images at most. */
  public int limit() {
    if (samples != null) {
      return samples;
    }
    return indices == null ? DEFAULT_SAMPLES : Integer.MAX_VALUE;
  }

  /** The numbers of {@link #indices}, counted from 1, each once. */
  Set<Integer> numbers() {
    return numbers(indices);
  }

  private static Set<Integer> numbers(String text) {
    Set<Integer> numbers = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part.strip());
      Require.that(
          range.matches(), "index", "takes numbers and ranges, such as 3,17,40-50, not %s", text);
      int first = Integer.parseInt(range.group(1));
      int last = Integer.parseInt(Objects.requireNonNullElse(range.group(2), range.group(1)));
      Require.that(first >= 1, "index", "counts from 1");
      Require.that(first <= last, "index", "has a range that goes backwards: %s", part.strip());
      Require.that(
          (long) numbers.size() + last - first < MAX_INDICES,
          "index",
          "takes at most %,d numbers",
          MAX_INDICES);
      for (int i = first; i <= last; i++) {
        numbers.add(i);
      }
    }
    return numbers;
  }

  /** As in a manifest's options. */
  public Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("samples", limit() == Integer.MAX_VALUE ? null : limit());
    options.put("start", start);
    options.put("index", indices);
    options.put("indices", indices);
    options.put(
        "class", label != null && label.matches("\\d{1,9}") ? Integer.valueOf(label) : label);
    options.put("misclassified", misclassified);
    return options;
  }
}
