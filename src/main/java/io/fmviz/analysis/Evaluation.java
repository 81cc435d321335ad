package io.fmviz.analysis;

import io.fmviz.dataset.Images;
import io.fmviz.network.Logits;
import io.fmviz.probe.Probe;

/**
 * How a network does on labelled images: what it got right, its mean loss, and what it took for
 * what. Gathered image by image; evaluations of different images can be merged.
 */
public final class Evaluation implements Probe.Consumer {
  private final Images images;
  private final int[] order;
  private final long[][] confusion;
  private double loss;

  /**
   * Of no image yet.
   *
   * @param order in which the images are taken
   * @param classes of the network; no label may be beyond
   */
  public Evaluation(Images images, int[] order, int classes) {
    this.images = images;
    this.order = order;
    this.confusion = new long[classes][classes];
  }

  @Override
  public void logits(int first, int count, float[] logits) {
    int classes = confusion.length;
    for (int n = 0; n < count; n++) {
      int label = images.label(order[first + n]);
      confusion[label][Logits.predicted(logits, n * classes, classes)]++;
      loss += Logits.crossEntropy(logits, n * classes, classes, label);
    }
  }

  /** Adds what another evaluation has gathered; it stays as it is. */
  public void merge(Evaluation other) {
    for (int label = 0; label < confusion.length; label++) {
      for (int c = 0; c < confusion.length; c++) {
        confusion[label][c] += other.confusion[label][c];
      }
    }
    loss += other.loss;
  }

  /** Images whose largest logit is the label's. */
  public long correct() {
    long correct = 0;
    for (int label = 0; label < confusion.length; label++) {
      correct += confusion[label][label];
    }
    return correct;
  }

  /** How many images. */
  public long total() {
    long total = 0;
    for (long[] row : confusion) {
      for (long count : row) {
        total += count;
      }
    }
    return total;
  }

  /** The share that was right, from 0 to 1. */
  public double accuracy() {
    return (double) correct() / total();
  }

  /** The mean cross-entropy, in nats. */
  public double meanLoss() {
    return loss / total();
  }

  /** {@code confusion[label][predicted]} counts images. */
  public long[][] confusion() {
    long[][] copy = new long[confusion.length][];
    for (int label = 0; label < copy.length; label++) {
      copy[label] = confusion[label].clone();
    }
    return copy;
  }
}
