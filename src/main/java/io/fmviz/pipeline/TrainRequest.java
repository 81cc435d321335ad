package io.fmviz.pipeline;

import io.fmviz.runtime.Compute;
import io.fmviz.training.TrainingConfig;
import java.nio.file.Path;
import java.util.Set;

/**
 * What to train, and where the checkpoints go.
 *
 * @param baseChannels of the first convolution; the others have two and four times as many
 * @param limitTrain the first training images only, or null for all
 * @param limitTest the first test images only, or null for all
 * @param resume go on after the newest checkpoint of the model folder, if there is one
 * @param keepOptimizer keep the optimizer files of earlier epochs too
 * @param given the options that were given, {@code --lr}; when training is resumed, only these may
 *     contradict what the checkpoint records
 */
public record TrainRequest(
    TrainingConfig training,
    int baseChannels,
    DataRequest data,
    Compute compute,
    Path modelFolder,
    Integer limitTrain,
    Integer limitTest,
    boolean resume,
    boolean keepOptimizer,
    Set<String> given) {
  private static final int MAX_BASE = 1024;

  public TrainRequest {
    requireBase(baseChannels);
    requirePositive("--limit-train", limitTrain);
    requirePositive("--limit-test", limitTest);
  }

  static void requireBase(int baseChannels) {
    if (baseChannels < 1 || baseChannels > MAX_BASE) {
      throw new IllegalArgumentException(
          "--base-channels must be from 1 to %d, not %d".formatted(MAX_BASE, baseChannels));
    }
  }

  private static void requirePositive(String option, Integer limit) {
    if (limit != null && limit < 1) {
      throw new IllegalArgumentException(option + " must be at least 1, not " + limit);
    }
  }
}
