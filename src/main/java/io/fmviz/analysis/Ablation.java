package io.fmviz.analysis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.fmviz.forward.Layer;
import io.fmviz.model.Classifier;

/**
 * What a network answers without one of its maps: a layer's output is taken as it is, but for one
 * channel that is set to zero, and the rest of the network runs on it.
 */
public final class Ablation {
  private Ablation() {}

  /** Is told the answers, channel by channel. */
  @FunctionalInterface
  public interface Consumer {
    /**
     * The logits without a channel.
     *
     * @param channel counted from 0
     * @param logits {@code (count, classes)}, row by row
     */
    void logits(int channel, float[] logits);
  }

  /**
   * Takes each channel out in turn.
   *
   * @param output the layer's, {@code (count, channel, height, width)}; it is left as it is
   */
  public static void run(Classifier classifier, Layer layer, NDArray output, Consumer consumer) {
    int channels = Math.toIntExact(output.getShape().get(1));
    for (int channel = 0; channel < channels; channel++) {
      // One copy and one pass at a time: memory doesn't grow with the number of channels.
      try (NDManager scope = output.getManager().newSubManager()) {
        NDArray without = output.duplicate();
        without.attach(scope);
        without.set(new NDIndex(":, " + channel), 0f);
        consumer.logits(channel, classifier.logitsAfter(layer.path(), without).toFloatArray());
      }
    }
  }
}
