package io.fmviz.pipeline.evaluate;

import io.fmviz.base.Require;
import io.fmviz.pipeline.Setup;
import io.fmviz.training.TrainingConfig;
import java.nio.file.Path;

/**
 * What to evaluate.
 *
 * @param setup without an output folder
 * @param testBatchSize images in one forward pass, at least 1
 * @param limitTest the first test images only, or null for all
 * @param logits the file for the logits, or null for none
 * @param force replace that file if it is there
 */
public record EvaluateRequest(
    Setup setup, int testBatchSize, Integer limitTest, Path logits, boolean force) {
  public EvaluateRequest {
    Require.within(1, TrainingConfig.MAX_BATCH, testBatchSize, "testBatchSize");
    Require.atLeast(1, limitTest, "limitTest");
  }
}
