package io.fmviz.pipeline.evaluate;

import io.fmviz.analysis.ConfusedPair;
import io.fmviz.analysis.Evaluation;
import io.fmviz.base.Unwrapped;
import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.RunFacts;
import java.util.List;

/**
 * How a network did on the test images.
 *
 * @param others how often a label held that isn't the image's, where several may hold; else null
 * @param meanLoss cross-entropy in nats; null in JSON if a logit is NaN or infinite
 * @param notANumber images with such logits, for which nothing is predicted; null for none
 * @param imageCount how many images were looked at, labelled or not
 * @param classes their names, from 0 on; null where nobody knows them
 * @param confusion {@code confusion[label][predicted]} counts the images for which a class is
 *     predicted, or where several labels may hold, for which that one does; null of more than 20
 *     classes
 * @param confusedPairs what was taken for something else, the most frequent; null where there is a
 *     matrix
 * @param logits the file of the logits; null if none was asked for
 */
public record EvaluateResult(
    @Unwrapped RunFacts run,
    @Unwrapped Score score,
    Long others,
    double meanLoss,
    Long notANumber,
    int imageCount,
    List<String> classes,
    long[][] confusion,
    List<ConfusedPair> confusedPairs,
    String logits)
    implements Result {
  /**
   * What was right.
   *
   * @param total images with a label
   * @param accuracy the share that was right, from 0 to 1
   * @param correctTop5 images whose class is among the five with the largest logits; null where
   *     there are no more than five
   * @param top5Accuracy the share of these, from 0 to 1; null likewise
   */
  public record Score(
      long correct, long total, double accuracy, Long correctTop5, Double top5Accuracy) {
    static Score of(Evaluation evaluation) {
      Long top = evaluation.correctTop();
      return new Score(
          evaluation.correct(),
          evaluation.total(),
          evaluation.accuracy(),
          top,
          top == null ? null : (double) top / evaluation.total());
    }
  }
}
