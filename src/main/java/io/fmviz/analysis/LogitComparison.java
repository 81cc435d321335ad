package io.fmviz.analysis;

import io.fmviz.network.Logits;
import io.fmviz.network.Scores;
import io.fmviz.probe.Statistic;
import java.util.Arrays;

/**
 * How a network's answers changed, over any number of images; comparisons of different images can
 * be merged.
 */
public final class LogitComparison implements Statistic<LogitComparison> {
  private final int classes;
  private final Scores scores;
  private int images;
  private double largestDifference;
  private final Sums predictedLogitChange = new Sums(1);
  private int predictionsChanged;
  private int correctBefore;
  private int correctAfter;
  private int notNumbers;

  /** Of no image yet, of a network that tells classes apart by logits. */
  public LogitComparison(int classes) {
    this(classes, Scores.LOGITS);
  }

  /**
   * Of no image yet.
   *
   * @param scores what the values of the network's answers mean
   */
  public LogitComparison(int classes, Scores scores) {
    this.classes = classes;
    this.scores = scores;
  }

  /**
   * Adds one image.
   *
   * @param before logits, of all images row by row, like {@code after}
   * @param row of the image in both
   * @param label {@link io.fmviz.dataset.Images#NO_LABEL} if it has none
   */
  public void add(float[] before, float[] after, int row, int label) {
    int offset = row * classes;
    for (int c = offset; c < offset + classes; c++) {
      largestDifference = Math.max(largestDifference, Math.abs((double) before[c] - after[c]));
    }
    int predictedBefore = Logits.predicted(before, offset, classes);
    int predictedAfter = Logits.predicted(after, offset, classes);
    boolean known = predictedBefore != Logits.NONE && predictedAfter != Logits.NONE;
    predictedLogitChange.add(
        0,
        known
            ? (double) after[offset + predictedBefore] - before[offset + predictedBefore]
            : Double.NaN);
    boolean isSame =
        Arrays.equals(
            scores.holding(before, offset, classes), scores.holding(after, offset, classes));
    predictionsChanged += known && isSame ? 0 : 1;
    notNumbers += known ? 0 : 1;
    correctBefore += scores.isRight(before, offset, classes, label) ? 1 : 0;
    correctAfter += scores.isRight(after, offset, classes, label) ? 1 : 0;
    images++;
  }

  @Override
  public void merge(LogitComparison other) {
    images += other.images;
    largestDifference = Math.max(largestDifference, other.largestDifference);
    predictedLogitChange.merge(other.predictedLogitChange);
    predictionsChanged += other.predictionsChanged;
    correctBefore += other.correctBefore;
    correctAfter += other.correctAfter;
    notNumbers += other.notNumbers;
  }

  public int images() {
    return images;
  }

  /** Of any logit of any image; NaN or infinite if any logit is. */
  public double largestDifference() {
    return largestDifference;
  }

  /**
   * The mean change of the logit of the class that was predicted before; NaN if any logit is NaN or
   * infinite.
   */
  public double meanPredictedLogitChange() {
    return predictedLogitChange.value(0) / images;
  }

  /** For how many images not the same class is predicted: another, or none before or after. */
  public int predictionsChanged() {
    return predictionsChanged;
  }

  /** Images with logits, before or after, that are NaN or infinite. */
  public int notNumbers() {
    return notNumbers;
  }

  /** Images whose largest logit is the label's. */
  public BeforeAfter<Integer> correct() {
    return new BeforeAfter<>(correctBefore, correctAfter);
  }

  /** From 0 to 1. */
  public BeforeAfter<Double> accuracy() {
    double total = images;
    return new BeforeAfter<>(correctBefore / total, correctAfter / total);
  }
}
