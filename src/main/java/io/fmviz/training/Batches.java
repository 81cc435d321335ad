package io.fmviz.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.fmviz.dataset.LabeledImages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Turns chosen images into arrays for the network, one batch at a time: all batches stand in the
 * same memory, so that one must be done with before the next is asked for.
 */
public final class Batches {
  private final LabeledImages images;
  private ByteBuffer memory = ByteBuffer.allocateDirect(0);

  public Batches(LabeledImages images) {
    this.images = images;
  }

  /**
   * The images at {@code indices[from]} to {@code indices[to - 1]}. In memory the channel varies
   * fastest, and what the network makes of them keeps that order (PyTorch's channels_last): oneDNN
   * then convolves without reordering each layer's input and output.
   *
   * @return float32 {@code (to - from, 1, height, width)} with values in [0, 1], on the manager's
   *     device
   */
  public NDArray images(NDManager manager, int[] indices, int from, int to) {
    int bytes = Float.BYTES * images.height() * images.width() * (to - from);
    if (memory.capacity() < bytes) {
      memory = ByteBuffer.allocateDirect(bytes);
    }
    ByteBuffer batch = memory.slice(0, bytes).order(ByteOrder.nativeOrder());
    FloatBuffer floats = batch.asFloatBuffer();
    for (int i = from; i < to; i++) {
      images.copyTo(floats, indices[i]);
    }
    return manager
        .create(batch, new Shape(to - from, images.height(), images.width(), 1), DataType.FLOAT32)
        .transpose(0, 3, 1, 2);
  }

  /** The labels of the same images, int64 {@code (to - from)}. */
  NDArray labels(NDManager manager, int[] indices, int from, int to) {
    long[] labels = new long[to - from];
    for (int i = from; i < to; i++) {
      labels[i - from] = images.label(indices[i]);
    }
    return manager.create(labels);
  }
}
