package io.fmviz.pipeline;

/**
 * How a checkpoint did on the test images.
 *
 * @param accuracy from 0 to 1
 * @param meanLoss cross-entropy in nats
 * @param confusion {@code confusion[label][predicted]} counts images
 * @param logits the file of the logits; null if none was asked for
 */
public record EvaluateResult(
    String checkpoint,
    String dataset,
    String fallbackReason,
    String device,
    int threads,
    int correct,
    int total,
    double accuracy,
    double meanLoss,
    int[][] confusion,
    String logits,
    double seconds)
    implements Result {}
