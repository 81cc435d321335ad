package io.fmviz.training;

import io.fmviz.base.Require;

/**
 * How to train.
 *
 * @param epochs passes over the training images, at least 1
 * @param learningRate of Adam, positive
 * @param batchSize images in one training step, at least 1
 * @param testBatchSize images in one forward pass of the test, at least 1
 * @param seed of the weights and of the order of the images
 */
public record TrainingConfig(
    int epochs, float learningRate, int batchSize, int testBatchSize, long seed) {
  /** The largest batch that is taken: more than any machine has memory for. */
  public static final int MAX_BATCH = 65_536;

  public TrainingConfig {
    Require.atLeast(1, epochs, "epochs");
    Require.that(
        learningRate > 0 && learningRate <= 10,
        "learningRate",
        "must be more than 0 and at most 10, not %s",
        learningRate);
    Require.within(1, MAX_BATCH, batchSize, "batchSize");
    Require.within(1, MAX_BATCH, testBatchSize, "testBatchSize");
  }
}
