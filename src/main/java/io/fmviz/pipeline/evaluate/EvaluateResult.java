package io.fmviz.pipeline.evaluate;

import io.fmviz.base.Inline;
import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.RunFacts;

/**
 * How a network did on the test images.
 *
 * @param accuracy from 0 to 1
 * @param meanLoss cross-entropy in nats; null in JSON if a logit is NaN or infinite
 * @param notANumber images with such logits, for which nothing is predicted; null for none
 * @param confusion {@code confusion[label][predicted]} counts the images for which a class is
 *     predicted
 * @param logits the file of the logits; null if none was asked for
 */
public record EvaluateResult(
    @Inline RunFacts run,
    long correct,
    long total,
    double accuracy,
    double meanLoss,
    Long notANumber,
    long[][] confusion,
    String logits)
    implements Result {}
