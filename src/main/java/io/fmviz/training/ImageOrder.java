package io.fmviz.training;

import java.util.Random;

/** The order in which images are taken. */
public final class ImageOrder {
  private ImageOrder() {}

  /** 0, 1, 2, ... */
  public static int[] ascending(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    return order;
  }

  /**
   * A fresh order for an epoch (Fisher and Yates), which depends on nothing but the seed and the
   * epoch: the third epoch's order is the same whether the second was run just now or yesterday.
   */
  static int[] shuffled(int count, long seed, int epoch) {
    int[] order = ascending(count);
    Random random = new Random(seed * 0x9e3779b97f4a7c15L + epoch + 1);
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
