package io.fmviz.pipeline;

import java.util.List;

/**
 * What training came to.
 *
 * @param device {@code cpu} or {@code gpu:0}
 * @param fallbackReason why the synthetic digits stood in for MNIST, or null if they didn't
 * @param parameters weights and biases
 * @param totalSeconds from the start of the engine to the last checkpoint
 */
public record TrainResult(
    long seed,
    String device,
    int threads,
    String dataset,
    String fallbackReason,
    int trainImages,
    int testImages,
    long parameters,
    String resumedFrom,
    List<Epoch> epochs,
    double totalSeconds)
    implements Result {

  /** One epoch; also a line of {@code train_log.jsonl}, which adds when and with what. */
  public record Epoch(
      int epoch,
      double meanLoss,
      double seconds,
      double testSeconds,
      int testCorrect,
      int testTotal,
      double testAccuracy,
      double testMeanLoss,
      String checkpoint) {}

  /** The checkpoint of the last epoch. */
  String lastCheckpoint() {
    return epochs.isEmpty() ? resumedFrom : epochs.get(epochs.size() - 1).checkpoint();
  }
}
