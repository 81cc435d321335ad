package io.fmviz.analysis;

import io.fmviz.network.Logits;
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
    return IntStream.of(Logits.likeliest(logits, most))
        .mapToObj(
            label ->
                new Likely(
                    label,
                    Prediction.nameOf(label, names),
                    Logits.probability(logits, 0, logits.length, label)))
        .toList();
  }
}
