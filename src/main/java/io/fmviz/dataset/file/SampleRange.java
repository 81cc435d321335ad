package io.fmviz.dataset.file;

/** Which values a picture's samples have. */
public final class SampleRange {
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;

  /** All bits that are set in any integer. */
  private long bits;

  /** Adds a sample; one that is NaN or infinite doesn't count. */
  void add(double value) {
    if (Double.isFinite(value)) {
      least = Math.min(least, value);
      most = Math.max(most, value);
      bits |= (long) value;
    }
  }

  boolean isEmpty() {
    return least > most;
  }

  double least() {
    return least;
  }

  double most() {
    return most;
  }

  /** Whether the lowest so many bits are 0 in all. */
  boolean hasZeros(int lowest) {
    return (bits & ((1L << lowest) - 1)) == 0;
  }
}
