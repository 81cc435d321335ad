package io.fmviz.analysis;

import io.fmviz.base.Numbers;
import io.fmviz.base.WriteNull;
import io.fmviz.network.Logits;
import io.fmviz.network.Scores;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a network takes one image for.
 *
 * @param predicted the likeliest class; null if a value of the answer is NaN or infinite, or the
 *     answer is a score
 * @param predictedName what that class is called; null where that isn't known
 * @param probability of it, from 0 to 1, as {@link Scores} says; null if there is no such class
 * @param labels those that hold, the likeliest first, where several may; else null
 * @param score where the answer is one; else null
 * @param notANumber how many of the values are NaN or infinite; null for none
 */
public record Prediction(
    @WriteNull Integer predicted,
    String predictedName,
    Double probability,
    List<Likely> labels,
    Double score,
    Long notANumber) {
  /** Labels that a line names. */
  private static final int MOST_NAMED = 5;

  private static final int SCORE_DECIMALS = 4;

  /** One class, of which the values are logits. */
  public static Prediction of(float[] logits, int offset, int classes, List<String> names) {
    return of(Scores.LOGITS, logits, offset, classes, names);
  }

  /**
   * What {@code classes} values from {@code offset} on say.
   *
   * @param names of the classes, from 0 on; there may be fewer, or none
   */
  public static Prediction of(
      Scores scores, float[] values, int offset, int classes, List<String> names) {
    int predicted = Logits.predicted(values, offset, classes);
    if (predicted == Logits.NONE) {
      long notNumbers = Logits.notNumbers(values, offset, classes);
      return new Prediction(null, null, null, null, null, NonFinite.orNull(notNumbers));
    }
    return new Prediction(
        predicted,
        nameOf(predicted, names),
        scores.probability(values, offset, classes, predicted),
        scores.areLabels() ? labels(scores, values, offset, classes, names) : null,
        null,
        null);
  }

  /** What one value says that is no class's. */
  public static Prediction ofScore(float score) {
    return Float.isFinite(score)
        ? new Prediction(null, null, null, null, (double) score, null)
        : new Prediction(null, null, null, null, null, 1L);
  }

  private static List<Likely> labels(
      Scores scores, float[] values, int offset, int classes, List<String> names) {
    return IntStream.of(scores.holding(values, offset, classes))
        .boxed()
        .sorted((one, other) -> Float.compare(values[offset + other], values[offset + one]))
        .map(
            label ->
                new Likely(
                    label,
                    nameOf(label, names),
                    scores.probability(values, offset, classes, label)))
        .toList();
  }

  /** What a class is called; null where that isn't known. */
  public static String nameOf(int label, List<String> names) {
    return label >= 0 && label < names.size() ? names.get(label) : null;
  }

  /** Whether a class is predicted. */
  public boolean isKnown() {
    return predicted != null;
  }

  /** Whether it is a class's, be it beside others. */
  public boolean isOf(int label) {
    return labels == null
        ? isKnown() && predicted == label
        : labels.stream().anyMatch(each -> each.label() == label);
  }

  /** Whether there is an answer: every value of it is finite. */
  public boolean isFinite() {
    return notANumber == null;
  }

  /** For people: {@code 7}, or {@code nothing}. */
  public String text() {
    return isKnown() ? predicted.toString() : "nothing";
  }

  /** For people, with its name: {@code 281 tabby cat}; {@code 7} where it has none of its own. */
  public String named() {
    if (score != null) {
      return Numbers.decimals(SCORE_DECIMALS, score);
    }
    if (labels != null) {
      return labels.isEmpty() ? "no label" : labels(", ", Likely::named);
    }
    return named(text(), predictedName);
  }

  /** A class with its name, if it has one. */
  public static String named(String label, String name) {
    return name == null || name.equals(label) ? label : label + " " + name;
  }

  /** For people, in full: {@code 281 tabby cat, 87.31 %}, or {@code nothing}. */
  public String inFull() {
    if (labels != null && !labels.isEmpty()) {
      return labels("; ", Likely::inFull);
    }
    String likeliest = isKnown() ? named(text(), predictedName) : null;
    if (labels != null) {
      return "no label, the likeliest is %s, %s".formatted(likeliest, Numbers.share(probability));
    }
    return isKnown() ? likeliest + ", " + Numbers.share(probability) : named();
  }

  private String labels(String between, Function<Likely, String> text) {
    String first = labels.stream().limit(MOST_NAMED).map(text).collect(Collectors.joining(between));
    int more = labels.size() - MOST_NAMED;
    return more > 0 ? "%s and %,d more".formatted(first, more) : first;
  }

  /** What an answer is called before it is told: {@code predicted}, or {@code score}. */
  public String verb() {
    return score == null ? "predicted" : "score";
  }
}
