package io.fmviz.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.model.Classifier;
import io.fmviz.training.Batches;
import io.fmviz.training.ImageOrder;
import io.fmviz.training.Logits;

/**
 * How two networks' answers to the same images differ.
 *
 * @param images how many
 * @param largestLogitDifference of any logit of any image; NaN if any logit is
 * @param predictionsChanged for how many images the predicted class is another
 */
record NetworkComparison(
    int images,
    double largestLogitDifference,
    int predictionsChanged,
    BeforeAfter<Integer> correct) {
  private static final int BATCH = 128;

  /** Runs both networks side by side, batch by batch. */
  static NetworkComparison of(
      Classifier before,
      Classifier after,
      NDManager manager,
      LabeledImages images,
      Progress progress) {
    Counts counts = new Counts();
    int[] order = ImageOrder.ascending(images.count());
    for (int from = 0; from < order.length; from += BATCH) {
      int to = Math.min(from + BATCH, order.length);
      try (NDManager batch = manager.newSubManager()) {
        NDArray inputs = Batches.images(batch, images, order, from, to);
        float[] logitsBefore = before.logits(inputs, false).toFloatArray();
        float[] logitsAfter = after.logits(inputs, false).toFloatArray();
        int classes = before.widths().classes();
        for (int i = from; i < to; i++) {
          counts.add(logitsBefore, logitsAfter, (i - from) * classes, classes, images.label(i));
        }
      }
      progress.step("images compared", to, order.length, "");
    }
    return new NetworkComparison(
        order.length,
        counts.largest,
        counts.changed,
        new BeforeAfter<>(counts.correctBefore, counts.correctAfter));
  }

  /** What is counted image by image. */
  private static final class Counts {
    private double largest;
    private int changed;
    private int correctBefore;
    private int correctAfter;

    void add(float[] before, float[] after, int offset, int classes, int label) {
      for (int c = offset; c < offset + classes; c++) {
        largest = Math.max(largest, Math.abs((double) before[c] - after[c]));
      }
      int predictedBefore = Logits.predicted(before, offset, classes);
      int predictedAfter = Logits.predicted(after, offset, classes);
      changed += predictedBefore == predictedAfter ? 0 : 1;
      correctBefore += predictedBefore == label ? 1 : 0;
      correctAfter += predictedAfter == label ? 1 : 0;
    }
  }
}
