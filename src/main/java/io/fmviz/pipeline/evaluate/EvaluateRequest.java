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
 * @param samples how many images at most, from the first, or null for all
 * @param logits the file for the logits, or null for none
 * @param force replace that file if it is there
 */
public record EvaluateRequest(
    Setup setup, int testBatchSize, Integer samples, Path logits, boolean force) {
  public EvaluateRequest {
    Require.within(1, TrainingConfig.MAX_BATCH, testBatchSize, "testBatchSize");
    Require.atLeast(1, samples, "samples");
  }
}
