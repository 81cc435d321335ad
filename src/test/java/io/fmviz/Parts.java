package io.fmviz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Random ways to do with parts of some images what could be done with all of them at once. */
public final class Parts {
  private Parts() {}

  /** The numbers below a count, in parts, perhaps empty ones, each in an order of its own. */
  public static List<int[]> of(int count, Random random) {
    int parts = 1 + random.nextInt(9);
    List<List<Integer>> members = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      members.add(new ArrayList<>());
    }
    for (int i = 0; i < count; i++) {
      List<Integer> part = members.get(random.nextInt(parts));
      part.add(random.nextInt(part.size() + 1), i);
    }
    return members.stream().map(part -> part.stream().mapToInt(i -> i).toArray()).toList();
  }

  /**
   * What parts come to when any two of them are merged, then any two of what is left, and so on.
   *
   * @param gather makes something of one part
   * @param merge adds the second to the first
   */
  public static <T> T merged(
      int count, Random random, Function<int[], T> gather, BiConsumer<T, T> merge) {
    List<T> left = new ArrayList<>();
    of(count, random).forEach(part -> left.add(gather.apply(part)));
    while (left.size() > 1) {
      T into = left.remove(random.nextInt(left.size()));
      T other = left.remove(random.nextInt(left.size()));
      merge.accept(into, other);
      left.add(into);
    }
    return left.get(0);
  }

  /** Every number below a count, in order. */
  public static int[] all(int count) {
    int[] all = new int[count];
    Arrays.setAll(all, i -> i);
    return all;
  }
}
