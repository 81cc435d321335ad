package io.fmviz.analysis;

import io.fmviz.probe.Statistic;

/**
 * Sums of doubles that don't show in which order, or in which parts, they were added. Each is kept
 * as two doubles, the sum and what rounding took from it (Knuth's TwoSum, The Art of Computer
 * Programming 4.2.2; Dekker's double-double numbers): some 106 bits. What is lost of them after a
 * hundred million additions is below 1e-23 of the largest sum on the way, so that the value is the
 * exact sum, rounded once, unless that lies by such a chance at the border between two doubles.
 */
final class Sums implements Statistic<Sums> {
  private final double[] high;
  private final double[] low;

  /** So many sums of nothing. */
  Sums(int count) {
    high = new double[count];
    low = new double[count];
  }

  /** Adds to one of them. */
  void add(int index, double value) {
    double before = high[index];
    double sum = before + value;
    double added = sum - before;
    low[index] += (before - (sum - added)) + (value - added);
    high[index] = sum;
  }

  @Override
  public void merge(Sums other) {
    for (int i = 0; i < high.length; i++) {
      add(i, other.high[i]);
      low[i] += other.low[i];
    }
  }

  /** One of them; NaN or infinite if what was added is. */
  double value(int index) {
    return Double.isFinite(high[index]) ? high[index] + low[index] : high[index];
  }
}
