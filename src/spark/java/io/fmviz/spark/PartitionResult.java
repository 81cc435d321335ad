package io.fmviz.spark;

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
  private long read;

  /**
   * Of some images.
   *
   * @param read how many could be read
   */
  PartitionResult(S statistic, long read, List<PassedOver> passedOver) {
    this.statistic = statistic;
    this.read = read;
    this.passedOver = new ArrayList<>(passedOver);
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

  @Override
  public void merge(PartitionResult<S> other) {
    statistic.merge(other.statistic);
    read += other.read;
    passedOver.addAll(other.passedOver);
  }

  /** The same, for who merges two and keeps the first. */
  static <S extends Statistic<S>> PartitionResult<S> merged(
      PartitionResult<S> one, PartitionResult<S> other) {
    one.merge(other);
    return one;
  }
}
