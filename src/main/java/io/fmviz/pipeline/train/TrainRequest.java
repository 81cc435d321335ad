package io.fmviz.pipeline.train;

import io.fmviz.base.Require;
import io.fmviz.network.Compute;
import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.training.TrainingConfig;
import java.nio.file.Path;
import java.util.Set;

/**
 * What to train, and where the checkpoints go.
 *
 * @param widths of the network; of that of the checkpoint, where training goes on from one
 */
public record TrainRequest(
    TrainingConfig training,
    Learning images,
    ClassifierWidths widths,
    Compute compute,
    Path modelFolder,
    Keeping keeping) {
  /**
   * The images to learn from and to test with.
   *
   * @param limitTrain the first training images only, or null for all
   * @param limitTest the first test images only, or null for all
   */
  public record Learning(DataRequest data, Integer limitTrain, Integer limitTest) {
    public Learning {
      Require.atLeast(1, limitTrain, "limitTrain");
      Require.atLeast(1, limitTest, "limitTest");
    }
  }

  /**
   * What is taken from earlier trainings, and left for later ones.
   *
   * @param resume go on after the newest checkpoint of the model folder, if there is one
   * @param keepOptimizer keep the optimizer files of earlier epochs too
   * @param given the names of the values that a person gave, {@code learningRate}; when training is
   *     resumed, only these may contradict what the checkpoint records
   */
  public record Keeping(boolean resume, boolean keepOptimizer, Set<String> given) {}
}
