package io.fmviz.base;

import java.util.Locale;

/**
 * How numbers are written for people, the same in texts, tables and pictures. What so many decimals
 * would round to nothing, or almost, is written with three significant digits: {@code 0.000412},
 * {@code 3.17e-08}. A zero has no sign, and what is NaN or infinite is {@code none}.
 */
public final class Numbers {
  /** What stands in the place of a number that is NaN or infinite. */
  private static final String NONE = "none";

  /** Below it there are three significant digits, however many decimals are asked for. */
  private static final double SMALL = 1e-3;

  private Numbers() {}

  /** With so many decimals: {@code 0.2370}, {@code 1,234.500}. */
  public static String decimals(int decimals, double value) {
    return text("", decimals, value);
  }

  /** With its sign and so many decimals: {@code +0.25}. */
  public static String signed(int decimals, double value) {
    return text(value > 0 ? "+" : "", decimals, value);
  }

  /** A share from 0 to 1 with two decimals: {@code 93.66 %}. */
  public static String share(double share) {
    return Double.isFinite(share) ? decimals(2, 100 * share) + " %" : NONE;
  }

  /** With three significant digits: {@code 0.0123}, {@code 6.68e-06}. */
  public static String significant(double value) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.3g", value);
  }

  /** {@code 0 images}, {@code 1 image}, {@code 2,000 classes}. */
  public static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : plural(noun));
  }

  /** More than one, of the regular nouns that messages have: {@code images}, {@code classes}. */
  private static String plural(String noun) {
    if (noun.matches(".*(?:s|x|[^o]ch|sh)")) {
      return noun + "es";
    }
    return noun.matches(".*[^aeiou]y") ? noun.replaceFirst("y$", "ies") : noun + "s";
  }

  private static String text(String sign, int decimals, double value) {
    double size = Math.abs(value);
    if (size > 0 && size < Math.max(SMALL, Math.pow(10, -decimals))) {
      return sign + significant(value);
    }
    return Double.isFinite(value)
        // A negative zero becomes zero.
        ? sign + String.format(Locale.ROOT, "%,." + decimals + "f", value + 0.0)
        : NONE;
  }
}
