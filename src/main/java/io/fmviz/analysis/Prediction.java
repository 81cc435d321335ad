package io.fmviz.analysis;

import io.fmviz.base.Numbers;
import io.fmviz.base.WriteNull;
import io.fmviz.network.Logits;
import java.util.List;

/**
 * What a network takes one image for.
 *
 * @param predicted the class with the largest logit; null if a logit is NaN or infinite
 * @param predictedName what that class is called; null where that isn't known
 * @param probability of it, by the softmax of the logits, from 0 to 1; null if there is no such
 *     class
 * @param notANumber how many of the logits are NaN or infinite; null for none
 */
public record Prediction(
    @WriteNull Integer predicted, String predictedName, Double probability, Long notANumber) {
  /**
   * What {@code classes} logits from {@code offset} on say.
   *
   * @param names of the classes, from 0 on; there may be fewer, or none
   */
  public static Prediction of(float[] logits, int offset, int classes, List<String> names) {
    int predicted = Logits.predicted(logits, offset, classes);
    if (predicted == Logits.NONE) {
      return new Prediction(
          null, null, null, NonFinite.orNull(Logits.notNumbers(logits, offset, classes)));
    }
    return new Prediction(
        predicted,
        nameOf(predicted, names),
        Logits.probability(logits, offset, classes, predicted),
        null);
  }

  /** What a class is called; null where that isn't known. */
  public static String nameOf(int label, List<String> names) {
    return label >= 0 && label < names.size() ? names.get(label) : null;
  }

  /** Whether a class is predicted. */
  public boolean isKnown() {
    return predicted != null;
  }

  /** For people: {@code 7}, or {@code nothing}. */
  public String text() {
    return isKnown() ? predicted.toString() : "nothing";
  }

  /** For people, with its name: {@code 281 tabby cat}; {@code 7} where it has none of its own. */
  public String named() {
    return named(text(), predictedName);
  }

  /** A class with its name, if it has one. */
  public static String named(String label, String name) {
    return name == null || name.equals(label) ? label : label + " " + name;
  }

  /** For people, in full: {@code 281 tabby cat, 87.31 %}, or {@code nothing}. */
  public String inFull() {
    return isKnown() ? named() + ", " + Numbers.share(probability) : text();
  }
}
