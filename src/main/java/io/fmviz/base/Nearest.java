package io.fmviz.base;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/**
 * Finds the names that a mistyped one may stand for, by their similarity as Jaro and Winkler
 * measure it: 1 for the same, 0 for nothing in common, and more for a common beginning.
 */
public final class Nearest {
  /** So many are named at most. */
  public static final int MOST = 3;

  /** Names that are less alike than this have little to do with each other. */
  private static final double ALIKE = 0.8;

  /** Others are left out that are so much less alike than the nearest. */
  private static final double CLOSE = 0.08;

  private static final double PREFIX_WEIGHT = 0.1;
  private static final int LONGEST_PREFIX = 4;

  private Nearest() {}

  /** Those that are alike, the nearest first; capitals don't count. */
  public static List<String> to(String typed, Collection<String> names) {
    record Scored(String name, double score) {}
    List<Scored> alike = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      double score = similarity(bare(typed), bare(name));
      if (score >= ALIKE) {
        alike.add(new Scored(name, score));
      }
    }
    alike.sort(Comparator.comparingDouble(Scored::score).reversed());
    double least = alike.isEmpty() || alike.get(0).score < 1 ? CLOSE : 0;
    return alike.stream()
        .filter(each -> each.score >= alike.get(0).score - least)
        .limit(MOST)
        .map(Scored::name)
        .toList();
  }

  /** Some names, the most alike first, however little they are. */
  public static List<String> ranked(String typed, Collection<String> names, int count) {
    return names.stream()
        .sorted(
            Comparator.comparingDouble((String name) -> similarity(bare(typed), bare(name)))
                .reversed())
        .limit(count)
        .toList();
  }

  /** {@code ; did you mean ReLU_2?}, or nothing where no name is alike. */
  public static String hint(String typed, Collection<String> names) {
    return hint(to(typed, names));
  }

  /** The same of names that are found already. */
  public static String hint(List<String> near) {
    return near.isEmpty() ? "" : "; did you mean %s?".formatted(String.join(" or ", near));
  }

  /** Hyphens before an option's name are no beginning that names have in common. */
  private static String bare(String name) {
    return name.replaceFirst("^-+", "").toLowerCase(Locale.ROOT);
  }

  static double similarity(String a, String b) {
    double jaro = jaro(a, b);
    int prefix = 0;
    int most = Math.min(LONGEST_PREFIX, Math.min(a.length(), b.length()));
    while (prefix < most && a.charAt(prefix) == b.charAt(prefix)) {
      prefix++;
    }
    return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
  }

  private static double jaro(String a, String b) {
    if (a.equals(b)) {
      return 1;
    }
    boolean[] taken = new boolean[b.length()];
    String fromA = common(a, b, taken);
    StringBuilder fromB = new StringBuilder();
    for (int i = 0; i < b.length(); i++) {
      if (taken[i]) {
        fromB.append(b.charAt(i));
      }
    }
    double matches = fromA.length();
    if (matches == 0) {
      return 0;
    }
    int moved = 0;
    for (int i = 0; i < matches; i++) {
      moved += fromA.charAt(i) == fromB.charAt(i) ? 0 : 1;
    }
    return (matches / a.length() + matches / b.length() + (matches - moved / 2.0) / matches) / 3;
  }

  /** The characters of a that b has at about the same place; marks those of b. */
  private static String common(String a, String b, boolean[] taken) {
    int window = Math.max(0, Math.max(a.length(), b.length()) / 2 - 1);
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < a.length(); i++) {
      for (int j = Math.max(0, i - window); j < Math.min(b.length(), i + window + 1); j++) {
        if (!taken[j] && a.charAt(i) == b.charAt(j)) {
          taken[j] = true;
          found.append(a.charAt(i));
          break;
        }
      }
    }
    return found.toString();
  }
}
