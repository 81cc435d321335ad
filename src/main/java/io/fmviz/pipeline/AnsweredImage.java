package io.fmviz.pipeline;

import io.fmviz.analysis.Prediction;
import io.fmviz.base.Unwrapped;

/**
 * Which image it is, and what the network takes it for.
 *
 * @param index counted from 1
 * @param source the file it is from; null for an image of a dataset
 * @param of how many there were to choose from; null where that is not told
 * @param label null if it has none
 * @param prediction null where the network has no logits, or isn't asked
 */
public record AnsweredImage(
    int index, String source, Integer of, Integer label, @Unwrapped Prediction prediction) {
  /**
   * One of images.
   *
   * @param index counted from 0
   */
  public static AnsweredImage of(OpenedImages opened, int index, Prediction prediction) {
    return new AnsweredImage(
        index + 1, opened.images().source(index), null, opened.label(index), prediction);
  }

  /** The same, one of so many that it was chosen from; null where that is not told. */
  public AnsweredImage of(Integer count) {
    return new AnsweredImage(index, source, count, label, prediction);
  }

  /** The same under another name of its file. */
  public AnsweredImage from(String file) {
    return new AnsweredImage(index, file, of, label, prediction);
  }

  /** Whether something should have been told, and isn't: a value of the answer is not finite. */
  public boolean isUnknown() {
    return prediction != null && !prediction.isFinite();
  }
}
