package io.fmviz.training;

/** Is told how training goes on. */
public interface TrainingListener {
  /**
   * After every step.
   *
   * @param epoch counted from 0
   * @param batch counted from 1
   * @param batches steps in the epoch
   * @param loss the mean cross-entropy of the batch, in nats
   */
  void onBatch(int epoch, int batch, int batches, float loss);

  /** After every epoch and its test; what it throws ends training. */
  void onEpoch(EpochResult result);
}
