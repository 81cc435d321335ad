package io.fmviz.analysis;

import io.fmviz.base.Numbers;
import io.fmviz.network.Logits;
import io.fmviz.network.Scores;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A class that an image is likely of.
 *
 * @param label from 0
 * @param name what the class is called; null where that isn't known
 * @param probability from 0 to 1, as {@link Scores} says
 */
public record Likely(int label, String name, double probability) {
  /**
   * The likeliest classes, the likeliest first; none if a value is NaN or infinite.
   *
   * @param values of one image
   * @param names of the classes, from 0 on; there may be fewer, or none
   * @param most how many at most
   */
  public static List<Likely> of(Scores scores, float[] values, List<String> names, int most) {
    return IntStream.of(Logits.likeliest(values, most))
        .mapToObj(
            label ->
                new Likely(
                    label,
                    Prediction.nameOf(label, names),
                    scores.probability(values, 0, values.length, label)))
        .toList();
  }

  /** For people: {@code 281 tabby cat}. */
  String named() {
    return Prediction.named(String.valueOf(label), name);
  }

  /** The same with its probability. */
  String inFull() {
    return named() + ", " + Numbers.share(probability);
  }
}
