package io.fmviz.network.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.fmviz.dataset.Images;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Turns chosen images into arrays for the network, one batch at a time: all batches stand in the
 * same memory, so that one must be done with before the next is asked for.
 */
public final class BatchArrays {
  private ByteBuffer memory = ByteBuffer.allocateDirect(0);

  /**
   * The images at {@code indices[from]} to {@code indices[to - 1]}. In memory the channel varies
   * fastest where there is but one, and what the network makes of them keeps that order (PyTorch's
   * channels_last): oneDNN then convolves without reordering each layer's input and output.
   *
   * @return float32 {@code (to - from, channel, height, width)}, on the manager's device
   */
  public NDArray images(NDManager manager, Images images, int[] indices, int from, int to) {
    int bytes = Math.multiplyExact(Float.BYTES * images.size(), to - from);
    if (memory.capacity() < bytes) {
      memory = ByteBuffer.allocateDirect(bytes);
    }
    ByteBuffer batch = memory.slice(0, bytes).order(ByteOrder.nativeOrder());
    FloatBuffer floats = batch.asFloatBuffer();
    for (int i = from; i < to; i++) {
      images.copyTo(floats, indices[i]);
    }
    int count = to - from;
    if (images.channels() > 1) {
      return manager.create(
          batch,
          new Shape(count, images.channels(), images.height(), images.width()),
          DataType.FLOAT32);
    }
    return manager
        .create(batch, new Shape(count, images.height(), images.width(), 1), DataType.FLOAT32)
        .transpose(0, 3, 1, 2);
  }

  /** The labels of the same images, int64 {@code (to - from)}. */
  public NDArray labels(NDManager manager, Images images, int[] indices, int from, int to) {
    long[] labels = new long[to - from];
    for (int i = from; i < to; i++) {
      labels[i - from] = images.label(indices[i]);
    }
    return manager.create(labels);
  }
}
