package io.fmviz.pipeline.prune;

import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import io.fmviz.network.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

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
  static PruneResult.Timing measure(Session before, Session after, Images images, int batchSize) {
    int[] indices = new int[batchSize];
    Arrays.setAll(indices, i -> i % images.count());
    Batch batch = Batch.of(images, indices, 0, batchSize);
    List<Double> timesBefore = new ArrayList<>();
    List<Double> timesAfter = new ArrayList<>();
    run(before, batch);
    run(after, batch);
    long end = System.nanoTime() + (long) (SECONDS * 1e9);
    for (int run = 0; run < LEAST_RUNS || (run < MOST_RUNS && System.nanoTime() < end); run++) {
      timesBefore.add(run(before, batch));
      timesAfter.add(run(after, batch));
    }
    return new PruneResult.Timing(batchSize, median(timesBefore), median(timesAfter));
  }

  /** Milliseconds for one image, over a run of batches. */
  private static double run(Session session, Batch batch) {
    int repetitions = Math.max(1, IMAGES_IN_A_RUN / batch.size());
    long start = System.nanoTime();
    for (int i = 0; i < repetitions; i++) {
      session.run(batch, Set.of(), (node, values) -> {});
    }
    return (System.nanoTime() - start) / 1e6 / ((double) repetitions * batch.size());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
