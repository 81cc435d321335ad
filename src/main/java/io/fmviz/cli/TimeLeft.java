package io.fmviz.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How long a task will still take, at the rate of its last seconds: what comes before its first
 * step, and the slow steps of a program that isn't warm yet, say little of those to come.
 */
final class TimeLeft {
  /** The rate is that of so many nanoseconds. */
  private static final long WINDOW = 10_000_000_000L;

  /** No two steps that are nearer to each other are kept. */
  private static final long APART = 100_000_000L;

  private final Deque<Step> steps = new ArrayDeque<>();

  private record Step(long nanos, long done) {}

  /** Steps were done up to now. */
  void add(long nanos, long done) {
    if (done > 0 && (steps.isEmpty() || nanos - steps.getLast().nanos() >= APART)) {
      steps.add(new Step(nanos, done));
    }
    while (steps.size() > 2 && nanos - steps.getFirst().nanos() > WINDOW) {
      steps.removeFirst();
    }
  }

  /** In seconds; NaN where nothing is known yet. */
  double seconds(long nanos, long done, long total) {
    if (steps.isEmpty() || done <= steps.getFirst().done() || done >= total) {
      return Double.NaN;
    }
    Step first = steps.getFirst();
    return (nanos - first.nanos()) / 1e9 * (total - done) / (done - first.done());
  }
}
