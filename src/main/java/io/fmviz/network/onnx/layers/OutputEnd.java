package io.fmviz.network.onnx.layers;

import io.fmviz.network.Scores;
import java.util.List;

/**
 * How one of a network's outputs ends that has a value for each class, or one.
 *
 * @param output its name
 * @param tensor that is read for it: what goes into the Softmax or Sigmoid at its end, else what it
 *     shows; {@code (batch, values)}, perhaps with sides of 1
 * @param values how many an image has
 * @param isBehind whether something made probabilities of them
 * @param names of the classes; empty where it doesn't say
 */
public record OutputEnd(
    String output, String tensor, int values, Scores scores, boolean isBehind, List<String> names) {
  public OutputEnd {
    names = List.copyOf(names);
  }

  /** How many classes are told apart; 0 for none. */
  public int classes() {
    return scores == Scores.SCORE ? 0 : isTwo() ? 2 : values;
  }

  private boolean isTwo() {
    return values == 1 && scores != Scores.SCORE && !scores.areLabels();
  }

  /** Answers as they are told, of those that the graph makes. */
  float[] rows(float[] made) {
    return scores.rows(made, isTwo());
  }
}
