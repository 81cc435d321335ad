package io.fmviz.training;

import java.util.Random;
import java.util.stream.IntStream;

/** The order in which images are taken. */
final class ImageOrder {
  private ImageOrder() {}

  /**
   * A fresh order for an epoch (Fisher and Yates), which depends on nothing but the seed and the
   * epoch: the third epoch's order is the same whether the second was run just now or yesterday.
   */
  static int[] shuffled(int count, long seed, int epoch) {
    int[] order = IntStream.range(0, count).toArray();
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
