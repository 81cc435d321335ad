package io.fmviz.analysis;

import io.fmviz.base.Present;
import io.fmviz.network.Logits;

/**
 * What a network takes one image for.
 *
 * @param predicted the class with the largest logit; null if a logit is NaN or infinite
 * @param notANumber how many of the logits are; null for none
 */
public record Prediction(@Present Integer predicted, Long notANumber) {
  /** What {@code classes} logits from {@code offset} on say. */
  public static Prediction of(float[] logits, int offset, int classes) {
    int predicted = Logits.predicted(logits, offset, classes);
    return new Prediction(
        predicted == Logits.NONE ? null : predicted,
        NotNumbers.orNull(Logits.notNumbers(logits, offset, classes)));
  }

  /** Whether a class is predicted. */
  public boolean isKnown() {
    return predicted != null;
  }

  /** For people: {@code 7}, or {@code nothing}. */
  public String text() {
    return isKnown() ? predicted.toString() : "nothing";
  }
}
