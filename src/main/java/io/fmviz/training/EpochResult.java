package io.fmviz.training;

import io.fmviz.analysis.Evaluation;

/**
 * What one epoch came to.
 *
 * @param epoch counted from 0
 * @param meanLoss the mean cross-entropy over the training images, each at its own step, in nats
 * @param seconds of training, without the test
 * @param testSeconds of the test
 * @param test the network after the epoch, on the test images
 */
public record EpochResult(
    int epoch, double meanLoss, double seconds, double testSeconds, Evaluation test) {}
