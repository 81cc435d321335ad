package io.fmviz.analysis;

import java.util.stream.LongStream;

/**
 * Counts of values that are NaN or infinite, as they stand in results: where there are none, there
 * is no count.
 */
public final class NonFinite {
  private NonFinite() {}

  /** The count, or null for 0. */
  public static Long orNull(long count) {
    return count == 0 ? null : count;
  }

  /** The counts, or null if all are 0. */
  public static long[] orNull(long[] counts) {
    return sum(counts) == 0 ? null : counts;
  }

  /** All of them together; 0 for null. */
  public static long sum(long[] counts) {
    return counts == null ? 0 : LongStream.of(counts).sum();
  }
}
