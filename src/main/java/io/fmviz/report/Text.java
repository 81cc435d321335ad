package io.fmviz.report;

import io.fmviz.base.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How counts, times and settings are written for people; {@link Numbers} has what is measured. */
public final class Text {
  private static final String CUT = "...";

  private Text() {}

  public static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  /** {@code 1 thread}, {@code 2,000 images}, as {@link Numbers#count} has it. */
  public static String count(long number, String noun) {
    return Numbers.count(number, noun);
  }

  /** {@code 93.66 % (9,366 of 10,000)}. */
  public static String accuracy(long correct, long total) {
    return String.format(
        Locale.ROOT, "%s (%,d of %,d)", Numbers.share((double) correct / total), correct, total);
  }

  /** At most so many characters of a text: {@code Egyptian c...}. */
  public static String begin(String text, int most) {
    int length = text.codePointCount(0, text.length());
    return length <= most ? text : text.substring(0, text.offsetByCodePoints(0, most - 3)) + CUT;
  }

  /** At most so many characters of a path, without its middle: {@code photos/...s/cat.jpg}. */
  public static String path(String path, int most) {
    int length = path.codePointCount(0, path.length());
    if (length <= most) {
      return path;
    }
    int begin = (most - CUT.length()) / 3;
    int end = most - CUT.length() - begin;
    return path.substring(0, path.offsetByCodePoints(0, begin))
        + CUT
        + path.substring(path.offsetByCodePoints(path.length(), -end));
  }

  /** A file's name, without its folders: {@code cat.jpg}. */
  public static String fileName(String path) {
    return path.substring(1 + Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')));
  }

  /** As few digits as there are: {@code 1}, {@code 0.25}. */
  public static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** A share from 0 to 1 in as few digits as there are: {@code 1 %}, {@code 0.5 %}. */
  public static String percent(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
  }

  /** Ascending numbers, three and more in a row as a range: {@code 1, 4-7}. */
  public static String list(List<Integer> numbers) {
    List<String> parts = new ArrayList<>();
    for (int from = 0, to; from < numbers.size(); from = to) {
      to = from + 1;
      while (to < numbers.size() && numbers.get(to) == numbers.get(to - 1) + 1) {
        to++;
      }
      if (to - from > 2) {
        parts.add(numbers.get(from) + "-" + numbers.get(to - 1));
      } else {
        numbers.subList(from, to).forEach(n -> parts.add(n.toString()));
      }
    }
    return String.join(", ", parts);
  }
}
