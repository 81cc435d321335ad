package io.fmviz.pipeline;

import io.fmviz.runtime.Compute;
import java.nio.file.Path;

/**
 * What to evaluate.
 *
 * @param batchSize images in one forward pass, at least 1
 * @param limit the first test images only, or null for all
 * @param logits the file for the logits, or null for none
 * @param force replace that file if it is there
 */
public record EvaluateRequest(
    CheckpointRequest checkpoint,
    DataRequest data,
    Compute compute,
    int batchSize,
    Integer limit,
    Path logits,
    boolean force) {
  public EvaluateRequest {
    if (batchSize < 1 || batchSize > 65_536) {
      throw new IllegalArgumentException(
          "--test-batch-size must be from 1 to 65536, not " + batchSize);
    }
    if (limit != null && limit < 1) {
      throw new IllegalArgumentException("--limit-test must be at least 1, not " + limit);
    }
  }
}
