package io.fmviz.analysis;

import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import io.fmviz.network.Logits;
import io.fmviz.probe.Probe;

/**
 * How a network does on labelled images: what it got right, its mean loss, and what it took for
 * what. Gathered image by image; evaluations of different images can be merged.
 */
public final class Evaluation implements Probe.Consumer {
  private final Images images;
  private final long[][] confusion;
  private long notNumbers;
  private double loss;

  /**
   * Of no image yet.
   *
   * @param classes of the network; no label may be beyond
   */
  public Evaluation(Images images, int classes) {
    this.images = images;
    this.confusion = new long[classes][classes];
  }

  @Override
  public void logits(Batch batch, float[] logits) {
    int classes = confusion.length;
    for (int n = 0; n < batch.count(); n++) {
      int label = images.label(batch.indices()[n]);
      int predicted = Logits.predicted(logits, n * classes, classes);
      if (predicted == Logits.NONE) {
        notNumbers++;
      } else {
        confusion[label][predicted]++;
      }
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
    notNumbers += other.notNumbers;
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
    long total = notNumbers;
    for (long[] row : confusion) {
      for (long count : row) {
        total += count;
      }
    }
    return total;
  }

  /** Images with logits that are NaN or infinite: nothing is predicted for them. */
  public long notNumbers() {
    return notNumbers;
  }

  /** The share that was right, from 0 to 1. */
  public double accuracy() {
    return (double) correct() / total();
  }

  /** The mean cross-entropy, in nats; NaN if a logit of any image is NaN or infinite. */
  public double meanLoss() {
    return loss / total();
  }

  /** {@code confusion[label][predicted]} counts the images for which a class is predicted. */
  public long[][] confusion() {
    long[][] copy = new long[confusion.length][];
    for (int label = 0; label < copy.length; label++) {
      copy[label] = confusion[label].clone();
    }
    return copy;
  }
}
