package io.fmviz.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.forward.ForwardListeners;
import io.fmviz.forward.Layer;
import io.fmviz.model.Classifier;
import io.fmviz.training.Batches;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs images through a network batch by batch and hands on what chosen layers return. Memory
 * depends on the size of a batch, not on the number of images.
 */
final class ActivationPass {
  /** How many images go through the network at once: enough to keep its threads busy. */
  static final int BATCH = 128;

  private final Classifier classifier;
  private final NDManager manager;
  private final Batches batches;
  private final Set<String> layers;
  private float[] buffer = new float[0];

  /**
   * Is told what happens to each batch, on the calling thread: its layers in forward order first.
   * What it doesn't override it isn't interested in.
   */
  interface Consumer {
    /**
     * A layer's output for a batch.
     *
     * @param first where the batch begins in the array of indices
     * @param shape {@code (count, channel, height, width)}
     * @param values row by row, as many as the shape says and perhaps some more behind them; the
     *     array is used again for the next call
     */
    default void layer(Layer layer, int first, int[] shape, float[] values) {}

    /**
     * The batch's logits, {@code (count, classes)}.
     *
     * @param first where the batch begins in the array of indices
     */
    default void logits(int first, int count, float[] logits) {}
  }

  /**
   * Prepares a pass.
   *
   * @param layers of the classifier's block, whose outputs are wanted
   */
  ActivationPass(
      Classifier classifier, NDManager manager, LabeledImages images, List<Layer> layers) {
    this.classifier = classifier;
    this.manager = manager;
    this.batches = new Batches(images);
    this.layers = layers.stream().map(Layer::path).collect(Collectors.toSet());
  }

  /**
   * Runs the images with the given indices, counted from 0, in this order.
   *
   * @param task what the steps of the progress belong to
   */
  void run(int[] indices, Consumer consumer, String task, Progress progress) {
    int[] first = new int[1];
    try (ForwardListeners listeners =
        ForwardListeners.attach(
            classifier.block(),
            layer -> layers.contains(layer.path()),
            (layer, inputs, output) ->
                hand(layer, first[0], output.singletonOrThrow(), consumer))) {
      if (listeners.layers().size() != layers.size()) {
        throw new IllegalArgumentException("some of the layers are another network's");
      }
      for (; first[0] < indices.length; first[0] += BATCH) {
        int to = Math.min(first[0] + BATCH, indices.length);
        try (NDManager batch = manager.newSubManager()) {
          NDArray logits = classifier.logits(batches.images(batch, indices, first[0], to));
          consumer.logits(first[0], to - first[0], logits.toFloatArray());
        }
        progress.step(task, to, indices.length, "");
      }
    }
  }

  /** Copies the output out of the engine once, into the buffer. */
  private void hand(Layer layer, int first, NDArray output, Consumer consumer) {
    int size = Math.toIntExact(output.size());
    if (buffer.length < size) {
      buffer = new float[size];
    }
    output.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer().get(buffer, 0, size);
    long[] shape = output.getShape().getShape();
    int[] dimensions = new int[shape.length];
    for (int i = 0; i < shape.length; i++) {
      dimensions[i] = Math.toIntExact(shape[i]);
    }
    consumer.layer(layer, first, dimensions, buffer);
  }
}
