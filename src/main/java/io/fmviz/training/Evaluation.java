package io.fmviz.training;

/**
 * How a network did on labelled images.
 *
 * @param correct images whose largest logit is the label's
 * @param total images
 * @param meanLoss the mean cross-entropy, in nats
 * @param confusion {@code confusion[label][predicted]} counts images
 */
public record Evaluation(int correct, int total, double meanLoss, int[][] confusion) {
  /** The share that was right, from 0 to 1. */
  public double accuracy() {
    return (double) correct / total;
  }
}
