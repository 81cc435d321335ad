package io.fmviz.network;

import java.io.Serializable;

/**
 * Which of a network's outputs is its answer, where several could be.
 *
 * @param output its name; null to find out
 * @param classes how many classes are known to be told apart; null where that isn't known
 */
public record AnswerChoice(String output, Integer classes) implements Serializable {
  /** Whatever is found. */
  public static final AnswerChoice ANY = new AnswerChoice(null, null);

  /** The same, where so many classes are told apart; null where that isn't known. */
  public AnswerChoice of(Integer count) {
    return new AnswerChoice(output, count);
  }
}
