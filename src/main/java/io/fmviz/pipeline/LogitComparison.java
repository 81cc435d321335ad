package io.fmviz.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.model.Classifier;
import io.fmviz.training.Batches;
import io.fmviz.training.ImageOrder;
import io.fmviz.training.Logits;

/** How a network's answers changed, over any number of images. */
final class LogitComparison {
  private final int classes;
  private int images;
  private double largestDifference;
  private double predictedLogitChange;
  private int predictionsChanged;
  private int correctBefore;
  private int correctAfter;

  /** Of no image yet. */
  LogitComparison(int classes) {
    this.classes = classes;
  }

  /** Of two networks that run side by side on the same images, batch by batch. */
  static LogitComparison of(
      Classifier before,
      Classifier after,
      NDManager manager,
      LabeledImages images,
      Progress progress) {
    LogitComparison comparison = new LogitComparison(before.widths().classes());
    Batches batches = new Batches(images);
    int[] order = ImageOrder.ascending(images.count());
    for (int from = 0; from < order.length; from += ActivationPass.BATCH) {
      int to = Math.min(from + ActivationPass.BATCH, order.length);
      try (NDManager batch = manager.newSubManager()) {
        NDArray inputs = batches.images(batch, order, from, to);
        comparison.add(
            before.logits(inputs).toFloatArray(),
            after.logits(inputs).toFloatArray(),
            images,
            order,
            from);
      }
      progress.step("images compared", to, order.length, "");
    }
    return comparison;
  }

  /**
   * Adds a batch.
   *
   * @param before {@code (count, classes)}, row by row, like {@code after}
   * @param indices of the images; the batch begins at {@code from}
   */
  void add(float[] before, float[] after, LabeledImages labels, int[] indices, int from) {
    for (int n = 0; n < before.length / classes; n++) {
      add(before, after, n * classes, labels.label(indices[from + n]));
    }
  }

  private void add(float[] before, float[] after, int offset, int label) {
    for (int c = offset; c < offset + classes; c++) {
      largestDifference = Math.max(largestDifference, Math.abs((double) before[c] - after[c]));
    }
    int predictedBefore = Logits.predicted(before, offset, classes);
    int predictedAfter = Logits.predicted(after, offset, classes);
    predictedLogitChange +=
        (double) after[offset + predictedBefore] - before[offset + predictedBefore];
    predictionsChanged += predictedBefore == predictedAfter ? 0 : 1;
    correctBefore += predictedBefore == label ? 1 : 0;
    correctAfter += predictedAfter == label ? 1 : 0;
    images++;
  }

  int images() {
    return images;
  }

  /** Of any logit of any image; NaN if any logit is. */
  double largestDifference() {
    return largestDifference;
  }

  /** The mean change of the logit of the class that was predicted before. */
  double meanPredictedLogitChange() {
    return predictedLogitChange / images;
  }

  /** For how many images the predicted class is another. */
  int predictionsChanged() {
    return predictionsChanged;
  }

  BeforeAfter<Integer> correct() {
    return new BeforeAfter<>(correctBefore, correctAfter);
  }

  /** From 0 to 1. */
  BeforeAfter<Double> accuracy() {
    double total = images;
    return new BeforeAfter<>(correctBefore / total, correctAfter / total);
  }
}
