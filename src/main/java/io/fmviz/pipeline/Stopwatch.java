package io.fmviz.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.model.Classifier;
import io.fmviz.training.Batches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures two networks' forward passes side by side: after a warm-up, runs of one and of the other
 * take turns, so that whatever else the machine does falls on both, and medians are taken.
 */
final class Stopwatch {
  private static final int MOST_RUNS = 31;
  private static final int LEAST_RUNS = 3;
  private static final double SECONDS = 3;
  private static final int IMAGES_IN_A_RUN = 32;

  private Stopwatch() {}

  /** The time for one image, in batches of a size, from its pixels to its logits. */
  static PruneResult.Timing measure(
      Classifier before, Classifier after, NDManager manager, LabeledImages images, int batchSize) {
    int[] indices = new int[batchSize];
    Arrays.setAll(indices, i -> i % images.count());
    Batches batches = new Batches(images);
    List<Double> timesBefore = new ArrayList<>();
    List<Double> timesAfter = new ArrayList<>();
    run(before, manager, batches, indices);
    run(after, manager, batches, indices);
    long end = System.nanoTime() + (long) (SECONDS * 1e9);
    for (int run = 0; run < LEAST_RUNS || (run < MOST_RUNS && System.nanoTime() < end); run++) {
      timesBefore.add(run(before, manager, batches, indices));
      timesAfter.add(run(after, manager, batches, indices));
    }
    return new PruneResult.Timing(batchSize, median(timesBefore), median(timesAfter));
  }

  /** Milliseconds for one image, over a run of batches. */
  private static double run(
      Classifier classifier, NDManager manager, Batches batches, int[] indices) {
    int repetitions = Math.max(1, IMAGES_IN_A_RUN / indices.length);
    long start = System.nanoTime();
    for (int i = 0; i < repetitions; i++) {
      try (NDManager batch = manager.newSubManager()) {
        NDArray inputs = batches.images(batch, indices, 0, indices.length);
        classifier.logits(inputs).toFloatArray();
      }
    }
    return (System.nanoTime() - start) / 1e6 / ((double) repetitions * indices.length);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
