package io.fmviz.pipeline.evaluate;

import io.fmviz.base.Inline;
import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.RunFacts;

/**
 * How a network did on the test images.
 *
 * @param accuracy from 0 to 1
 * @param meanLoss cross-entropy in nats
 * @param confusion {@code confusion[label][predicted]} counts images
 * @param logits the file of the logits; null if none was asked for
 */
public record EvaluateResult(
    @Inline RunFacts run,
    long correct,
    long total,
    double accuracy,
    double meanLoss,
    long[][] confusion,
    String logits)
    implements Result {}
