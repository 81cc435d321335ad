package io.fmviz.spark;

import io.fmviz.dataset.Doubt;
import io.fmviz.dataset.PassedOver;
import io.fmviz.probe.Statistic;
import java.util.ArrayList;
import java.util.List;

/**
 * What was made of a part: what it counts travels with the statistic, so that a task that is done
 * twice counts once.
 */
final class PartitionResult<S extends Statistic<S>> implements Statistic<PartitionResult<S>> {
  private final S statistic;
  private final List<PassedOver> passedOver;
  private final List<Doubt> doubts;
  private long read;

  /**
   * Of some images.
   *
   * @param read how many could be read
   */
  PartitionResult(S statistic, long read, List<PassedOver> passedOver, List<Doubt> doubts) {
    this.statistic = statistic;
    this.read = read;
    this.passedOver = new ArrayList<>(passedOver);
    this.doubts = new ArrayList<>(doubts);
  }

  S statistic() {
    return statistic;
  }

  long read() {
    return read;
  }

  List<PassedOver> passedOver() {
    return passedOver;
  }

  List<Doubt> doubts() {
    return doubts;
  }

  @Override
  public void merge(PartitionResult<S> other) {
    statistic.merge(other.statistic);
    read += other.read;
    passedOver.addAll(other.passedOver);
    doubts.addAll(other.doubts);
  }

  /** The same, for who merges two and keeps the first. */
  static <S extends Statistic<S>> PartitionResult<S> merged(
      PartitionResult<S> one, PartitionResult<S> other) {
    one.merge(other);
    return one;
  }
}
