package io.fmviz.training;

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
  public TrainingConfig {
    require(epochs >= 1, "--epochs must be at least 1, not " + epochs);
    require(
        learningRate > 0 && learningRate <= 10,
        "--lr must be more than 0 and at most 10, not " + learningRate);
    require(
        batchSize >= 1 && batchSize <= 65_536,
        "--batch-size must be from 1 to 65536, not " + batchSize);
    require(
        testBatchSize >= 1 && testBatchSize <= 65_536,
        "--test-batch-size must be from 1 to 65536, not " + testBatchSize);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
