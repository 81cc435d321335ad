package io.fmviz.base;

import java.util.List;

/**
 * Products of sizes, which may come from a file: they are exact, or there is none. What is too
 * large for the number that it should be is an {@link ArithmeticException}, and never another size.
 */
public final class Exact {
  private Exact() {}

  /** How many there are in all; 1 of no sides. */
  public static int product(int... sides) {
    int product = 1;
    for (int side : sides) {
      product = Math.multiplyExact(product, side);
    }
    return product;
  }

  /** The same, where they may be more. */
  public static long product(long... sides) {
    long product = 1;
    for (long side : sides) {
      product = Math.multiplyExact(product, side);
    }
    return product;
  }

  /** The same, of a shape. */
  public static long product(List<? extends Number> sides) {
    return product(sides.stream().mapToLong(Number::longValue).toArray());
  }

  /** The same; the largest number there is where they are more. */
  public static long atMost(List<? extends Number> sides) {
    if (sides.stream().anyMatch(side -> side.longValue() == 0)) {
      return 0;
    }
    try {
      return product(sides);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
