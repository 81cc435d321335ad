package io.fmviz.network.onnx.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one table of what operators' attributes and constant inputs can be. ONNX Runtime reckons with
 * most of them unseen: a block of 2^40 has a square of 0, a division by which ends the process.
 */
final class Domains {
  /**
   * A line each: the operator, {@code *} for all; its attributes, or its inputs as {@code #} and
   * their place, {@code #*} for each; the domain by name, or from least to most. {@code one} and
   * {@code some} say how many values there must be, {@code known} that they must be constants:
   * computed ones could end the process as it runs. {@code *} alone stands for an operator that
   * isn't run, as its numbers point at each other.
   */
  private static final String TABLE = "domains.txt";

  /** What domains in the table are called. */
  private static final Map<String, Domain> NAMED =
      Map.ofEntries(
          Map.entry("axis", new Domain(-64, 63)),
          Map.entry("flag", new Domain(0, 1)),
          Map.entry("size", new Domain(1, 1 << 20)),
          // Its square is reckoned in 64 bits, and multiplied by channels.
          Map.entry("block", new Domain(1, 1 << 15)),
          Map.entry("pad", new Domain(-(1 << 20), 1 << 20)),
          Map.entry("count", new Domain(0, Integer.MAX_VALUE)),
          Map.entry("diagonal", new Domain(Integer.MIN_VALUE, Integer.MAX_VALUE)),
          Map.entry("step", new Domain(-Long.MAX_VALUE, Long.MAX_VALUE, Set.of(0.0))),
          // The least integer divided by -1 is none.
          Map.entry("divisor", new Domain(Long.MIN_VALUE, Long.MAX_VALUE, Set.of(0.0, -1.0))),
          Map.entry("factor", new Domain(Float.MIN_VALUE, 1 << 20)),
          Map.entry("positive", new Domain(Float.MIN_VALUE, Float.MAX_VALUE)),
          Map.entry("finite", new Domain(-Float.MAX_VALUE, Float.MAX_VALUE)),
          Map.entry("outputs", new Domain(1, 1 << 16)),
          Map.entry("any", Domain.ANY));

  private static final Set<String> WORDS = Set.of("one", "some", "known");

  private static final Map<String, Domain> ALL = all();

  private Domains() {}

  /**
   * What a number can be.
   *
   * @param except what of that it can't be
   * @param words {@code one}, {@code some} and {@code known}, as in the table
   */
  record Domain(double least, double most, Set<Double> except, Set<String> words) {
    /** No limits. */
    static final Domain ANY = new Domain(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** An integer that nothing is known of; sizes, counts and offsets all have 32 bits at most. */
    static final Domain INTEGER = new Domain(Integer.MIN_VALUE, Integer.MAX_VALUE);

    Domain(double least, double most) {
      this(least, most, Set.of());
    }

    Domain(double least, double most, Set<Double> except) {
      this(least, most, except, Set.of());
    }

    private Domain with(Set<String> all) {
      return new Domain(least, most, except, all);
    }

    boolean is(String word) {
      return words.contains(word);
    }

    boolean holds(double value) {
      return Double.isInfinite(least)
          || (value >= least && value <= most && !except.contains(value));
    }

    /** In words, behind "can be". */
    String text() {
      String range =
          Math.abs(least) > 1e18 && most > 1e18
              ? "any number"
              : "from " + number(least) + " to " + number(most);
      if (least == Float.MIN_VALUE) {
        range = most == Float.MAX_VALUE ? "any number above 0" : "above 0, to " + number(most);
      }
      String but = except.contains(-1.0) ? " but 0 and -1" : except.isEmpty() ? "" : " but 0";
      return range + but;
    }

    static String number(double value) {
      return Double.isFinite(value) && value == Math.rint(value)
          ? new BigDecimal(value).toBigInteger().toString()
          : Double.toString(value);
    }
  }

  /** What an attribute's numbers can be. */
  static Domain ofAttribute(String operator, String name, boolean isInteger) {
    Domain otherwise = ALL.getOrDefault("* " + name, isInteger ? Domain.INTEGER : Domain.ANY);
    return ALL.getOrDefault(operator + " " + name, otherwise);
  }

  /** What an input's numbers can be; null where they can be any. */
  static Domain ofInput(String operator, int place) {
    return ALL.getOrDefault(operator + " #" + place, ALL.get(operator + " #*"));
  }

  /** Whether an operator can't be checked at all. */
  static boolean isUnchecked(String operator) {
    return ALL.containsKey(operator + " *");
  }

  /** Whether it is division of integers, which those of floats aren't held to. */
  static boolean isDivision(String operator) {
    return operator.equals("Div") || operator.equals("Mod");
  }

  private static Map<String, Domain> all() {
    Map<String, Domain> all = new HashMap<>();
    for (String line : lines()) {
      List<String> words = List.of(line.split(" "));
      int end = words.size();
      while (WORDS.contains(words.get(end - 1))) {
        end--;
      }
      Domain domain = domain(words.get(end - 1)).with(Set.copyOf(words.subList(end, words.size())));
      words.subList(1, end - 1).forEach(value -> all.put(words.get(0) + " " + value, domain));
    }
    return Map.copyOf(all);
  }

  private static List<String> lines() {
    try (InputStream table = Domains.class.getResourceAsStream(TABLE)) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Domain domain(String word) {
    if (NAMED.containsKey(word)) {
      return NAMED.get(word);
    }
    double[] ends = Arrays.stream(word.split("\\.\\.")).mapToDouble(Double::parseDouble).toArray();
    return new Domain(ends[0], ends[1]);
  }
}
