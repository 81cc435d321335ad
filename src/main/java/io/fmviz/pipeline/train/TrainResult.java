package io.fmviz.pipeline.train;

import io.fmviz.base.Unwrapped;
import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.RunFacts;
import java.util.List;

/**
 * What training came to.
 *
 * @param run without a checkpoint, files and seconds
 * @param parameters weights and biases
 * @param before what was there already
 * @param totalSeconds from the start of the engine to the last checkpoint
 */
public record TrainResult(
    long seed,
    @Unwrapped RunFacts run,
    int trainImages,
    int testImages,
    long parameters,
    @Unwrapped Before before,
    List<Epoch> epochs,
    double totalSeconds)
    implements Result {

  /**
   * What was in the model folder.
   *
   * @param resumedFrom the checkpoint that training went on from; null if it began
   * @param earlierTraining the folder of what another training had left; null if nothing was moved
   */
  public record Before(String resumedFrom, String earlierTraining) {}

  /** One epoch; also a line of {@code train_log.jsonl}, which adds when and with what. */
  public record Epoch(
      int epoch,
      double meanLoss,
      double seconds,
      double testSeconds,
      @Unwrapped Test test,
      String checkpoint) {}

  /** The network after an epoch, on the test images. */
  public record Test(long testCorrect, long testTotal, double testAccuracy, double testMeanLoss) {}

  /** The checkpoint of the last epoch. */
  public String lastCheckpoint() {
    return epochs.isEmpty() ? before.resumedFrom() : epochs.get(epochs.size() - 1).checkpoint();
  }
}
