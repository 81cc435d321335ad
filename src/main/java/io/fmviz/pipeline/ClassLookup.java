package io.fmviz.pipeline;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds classes by what folders are called: capitals, {@code _}, {@code -} and blanks don't count.
 * {@code tench}, {@code Tinca_tinca}, {@code 0 tench}, {@code n01440764} and {@code n01440764
 * tench} are all the class {@code tench, Tinca tinca}, as far as its names say so, and {@code
 * 00012} is the class 12 where no class is called by a number.
 */
final class ClassLookup {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,7}");
  private static final Pattern NUMBERED = Pattern.compile("(?<number>\\d{1,7})[ .:)]+(?<name>.+)");
  private static final Pattern SYNSET = Pattern.compile("(?<synset>n\\d{8})(?: (?<name>.+))?");

  /** By whole names, and by the parts of those that are lists. */
  private final Map<String, NavigableSet<Integer>> whole = new HashMap<>();

  private final Map<String, NavigableSet<Integer>> parts = new HashMap<>();
  private final int count;
  private boolean areNumbers;

  /**
   * What a folder stands for.
   *
   * @param classes none, one, or several of which it isn't known which is meant
   * @param isNumber whether its number says so, and no name
   */
  record Found(NavigableSet<Integer> classes, boolean isNumber) {
    boolean isOne() {
      return classes.size() == 1;
    }
  }

  ClassLookup(List<String> names) {
    count = names.size();
    for (int c = 0; c < count; c++) {
      String name = plain(names.get(c));
      areNumbers |= NUMBER.matcher(name).matches();
      add(whole, name, c);
      Matcher synset = SYNSET.matcher(name);
      if (synset.matches() && synset.group("name") != null) {
        add(whole, synset.group("synset"), c);
        name = synset.group("name");
        add(whole, name, c);
      }
      for (String part : name.split(",", -1)) {
        add(parts, part.strip(), c);
      }
    }
  }

  private static void add(Map<String, NavigableSet<Integer>> map, String name, int label) {
    if (!name.isEmpty()) {
      map.computeIfAbsent(name, key -> new TreeSet<>()).add(label);
    }
  }

  Found find(String folder) {
    String name = plain(folder);
    NavigableSet<Integer> named = named(name);
    if (!named.isEmpty()) {
      return new Found(named, false);
    }
    Matcher numbered = NUMBERED.matcher(name);
    if (numbered.matches()) {
      NavigableSet<Integer> of = named(numbered.group("name"));
      int number = Integer.parseInt(numbered.group("number"));
      return new Found(of.contains(number) ? one(number) : of, false);
    }
    Matcher synset = SYNSET.matcher(name);
    if (synset.matches() && synset.group("name") != null) {
      NavigableSet<Integer> of = named(synset.group("synset"));
      return new Found(of.isEmpty() ? named(synset.group("name")) : of, false);
    }
    return new Found(NUMBER.matcher(name).matches() ? numbered(name) : new TreeSet<>(), true);
  }

  private NavigableSet<Integer> named(String name) {
    NavigableSet<Integer> all = whole.get(name);
    return all == null ? parts.getOrDefault(name, new TreeSet<>()) : all;
  }

  private NavigableSet<Integer> numbered(String digits) {
    int number = Integer.parseInt(digits);
    if (areNumbers) {
      return named(String.valueOf(number));
    }
    return number < count ? one(number) : new TreeSet<>();
  }

  private static NavigableSet<Integer> one(int label) {
    return new TreeSet<>(List.of(label));
  }

  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC)
        .replaceAll("[_\\-\\s]+", " ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  /**
   * The numbers that folders are called by, or begin with: {@code 3}, {@code 00012}, {@code 0 red}.
   *
   * @return null unless each has one of its own below so many
   */
  static int[] numbers(List<String> folders, int classes) {
    int[] numbers = new int[folders.size()];
    for (int i = 0; i < numbers.length; i++) {
      String name = plain(folders.get(i));
      Matcher numbered = NUMBERED.matcher(name);
      if (!NUMBER.matcher(name).matches() && !numbered.matches()) {
        return null;
      }
      numbers[i] = Integer.parseInt(numbered.matches() ? numbered.group("number") : name);
    }
    boolean areApart = Arrays.stream(numbers).distinct().count() == numbers.length;
    return areApart && Arrays.stream(numbers).allMatch(number -> number < classes) ? numbers : null;
  }
}
