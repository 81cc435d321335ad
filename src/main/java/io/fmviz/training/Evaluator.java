package io.fmviz.training;

import ai.djl.ndarray.NDManager;
import io.fmviz.base.Threads;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.model.Classifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
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
    int[] order = ImageOrder.ascending(images.count());
    double loss = 0;
    int correct = 0;
    try (Lanes lanes = new Lanes(manager.getDevice(), images)) {
      List<Future<float[]>> passes = new ArrayList<>();
      for (int first = 0; first < order.length; first += batchSize) {
        int from = first;
        int to = Math.min(from + batchSize, order.length);
        passes.add(
            lanes.submit(
                from / batchSize,
                batches -> {
                  try (NDManager batch = manager.newSubManager()) {
                    return classifier
                        .unobservedLogits(batches.images(batch, order, from, to))
                        .toFloatArray();
                  }
                }));
      }
      int image = 0;
      for (Future<float[]> pass : passes) {
        float[] logits = Threads.result(pass);
        listener.accept(logits);
        for (int offset = 0; offset < logits.length; offset += classes, image++) {
          int label = images.label(order[image]);
          int predicted = Logits.predicted(logits, offset, classes);
          confusion[label][predicted]++;
          correct += predicted == label ? 1 : 0;
          loss += Logits.crossEntropy(logits, offset, classes, label);
        }
      }
    }
    return new Evaluation(correct, order.length, loss / order.length, confusion);
  }
}
