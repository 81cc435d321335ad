package io.fmviz.analysis;

import io.fmviz.network.Logits;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A class that an image is likely of.
 *
 * @param label from 0
 * @param name what the class is called; null where that isn't known
 * @param probability by the softmax of the logits, from 0 to 1
 */
public record Likely(int label, String name, double probability) {
  /**
   * The likeliest classes, the likeliest first; none if a logit is NaN or infinite.
   *
   * @param logits of one image
   * @param names of the classes, from 0 on; there may be fewer, or none
   * @param most how many at most
   */
  public static List<Likely> of(float[] logits, List<String> names, int most) {
    int predicted = Logits.predicted(logits, 0, logits.length);
    if (predicted == Logits.NONE) {
      return List.of();
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp((double) logit - logits[predicted]);
    }
    double all = sum;
    return IntStream.range(0, logits.length)
        .boxed()
        // Of equals the first class comes first: the sort is stable.
        .sorted(Comparator.comparingDouble(label -> -logits[label]))
        .limit(most)
        .map(
            label ->
                new Likely(
                    label,
                    Prediction.nameOf(label, names),
                    Math.exp((double) logits[label] - logits[predicted]) / all))
        .toList();
  }
}
