package io.fmviz.training;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.fmviz.base.Threads;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.model.Classifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs batches through a network on two threads of Java, each with half of PyTorch's. Where all of
 * PyTorch's threads work on one batch, all but one wait during everything that is too small to be
 * shared.
 */
final class ForwardLanes implements AutoCloseable {
  private final Classifier classifier;
  private final NDManager manager;
  private final int[] order;
  private final List<Lane> lanes = new ArrayList<>();

  /** A thread, and the memory of its batches. */
  private record Lane(ExecutorService thread, Batches batches) {}

  /** Lanes for the images in an order; one lane on a GPU, or if PyTorch has one thread. */
  ForwardLanes(Classifier classifier, NDManager manager, LabeledImages images, int[] order) {
    this.classifier = classifier;
    this.manager = manager;
    this.order = order;
    int threads = manager.getDevice().isGpu() ? 1 : JniUtils.getNumThreads();
    for (int i = 0; i < Math.min(2, threads); i++) {
      Lane lane = new Lane(Executors.newSingleThreadExecutor(), new Batches(images));
      // Holds for operations that this thread asks for.
      lane.thread().execute(() -> JniUtils.setNumThreads(Math.max(1, threads / 2)));
      lanes.add(lane);
    }
  }

  /**
   * Begins a forward pass with the images at {@code order[from]} to {@code order[to - 1]}.
   *
   * @param number of the batch
   * @return its logits, {@code (to - from, classes)} row by row
   */
  Future<float[]> begin(int number, int from, int to) {
    Lane lane = lanes.get(number % lanes.size());
    return lane.thread()
        .submit(
            () -> {
              try (NDManager batch = manager.newSubManager()) {
                return classifier
                    .logits(lane.batches().images(batch, order, from, to), false)
                    .toFloatArray();
              }
            });
  }

  @Override
  public void close() {
    lanes.forEach(lane -> Threads.end(lane.thread()));
  }
}
