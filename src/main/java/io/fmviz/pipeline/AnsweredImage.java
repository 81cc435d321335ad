package io.fmviz.pipeline;

import io.fmviz.analysis.Prediction;
import io.fmviz.base.Unwrapped;

/**
 * Which image it is, and what the network takes it for.
 *
 * @param index counted from 1
 * @param source the file it is from; null for an image of a dataset
 * @param label null if it has none
 * @param prediction null where the network has no logits
 */
public record AnsweredImage(
    int index, String source, Integer label, @Unwrapped Prediction prediction) {
  /**
   * One of images.
   *
   * @param index counted from 0
   */
  public static AnsweredImage of(OpenedImages opened, int index, Prediction prediction) {
    return new AnsweredImage(
        index + 1, opened.images().source(index), opened.label(index), prediction);
  }
}
