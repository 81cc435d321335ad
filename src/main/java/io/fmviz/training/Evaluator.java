package io.fmviz.training;

import ai.djl.ndarray.NDManager;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.model.Classifier;
import java.util.function.Consumer;

/** Runs labelled images through a network and counts. */
public final class Evaluator {
  private Evaluator() {}

  /** Evaluates a network of which nobody wants the logits. */
  static Evaluation evaluate(
      Classifier classifier, NDManager manager, LabeledImages images, int batchSize) {
    return evaluate(classifier, manager, images, batchSize, logits -> {});
  }

  /**
   * Evaluates a network, batch by batch, in order. The classifier must have as many classes as
   * there are labels.
   *
   * @param listener is given each batch's logits, {@code (images, classes)} row by row
   */
  public static Evaluation evaluate(
      Classifier classifier,
      NDManager manager,
      LabeledImages images,
      int batchSize,
      Consumer<float[]> listener) {
    int classes = classifier.widths().classes();
    int[][] confusion = new int[classes][classes];
    Batches batches = new Batches(images);
    int[] order = ImageOrder.ascending(images.count());
    double loss = 0;
    int correct = 0;
    for (int from = 0; from < order.length; from += batchSize) {
      int to = Math.min(from + batchSize, order.length);
      float[] logits;
      try (NDManager batch = manager.newSubManager()) {
        logits = classifier.logits(batches.images(batch, order, from, to), false).toFloatArray();
      }
      listener.accept(logits);
      for (int i = from; i < to; i++) {
        int offset = (i - from) * classes;
        int label = images.label(order[i]);
        int predicted = Logits.predicted(logits, offset, classes);
        confusion[label][predicted]++;
        correct += predicted == label ? 1 : 0;
        loss += Logits.crossEntropy(logits, offset, classes, label);
      }
    }
    return new Evaluation(correct, order.length, loss / order.length, confusion);
  }
}
