package io.fmviz.network.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/**
 * Turns images into arrays for the network, one batch at a time: all batches stand in the same
 * memory, so that one must be done with before the next is asked for.
 */
public final class BatchArrays {
  private ByteBuffer memory = ByteBuffer.allocateDirect(0);

  /**
   * The images of a batch. In memory the channel varies fastest where there is but one, and what
   * the network makes of them keeps that order (PyTorch's channels_last): oneDNN then convolves
   * without reordering each layer's input and output.
   *
   * @return float32 {@code (batch, channel, height, width)}, on the manager's device
   */
  public NDArray images(NDManager manager, Batch batch) {
    Images images = batch.images();
    int count = batch.size();
    int bytes = Math.multiplyExact(Float.BYTES * images.size(), count);
    if (memory.capacity() < bytes) {
      memory = ByteBuffer.allocateDirect(bytes);
    }
    ByteBuffer filled = memory.slice(0, bytes).order(ByteOrder.nativeOrder());
    FloatBuffer floats = filled.asFloatBuffer();
    for (int i = 0; i < count; i++) {
      batch.floats().copyTo(floats, i);
    }
    if (images.channels() > 1) {
      return manager.create(
          filled,
          new Shape(count, images.channels(), images.height(), images.width()),
          DataType.FLOAT32);
    }
    return manager
        .create(filled, new Shape(count, images.height(), images.width(), 1), DataType.FLOAT32)
        .transpose(0, 3, 1, 2);
  }

  /** The labels of the same images, int64 {@code (batch)}. */
  public NDArray labels(NDManager manager, Batch batch) {
    return manager.create(IntStream.of(batch.indices()).mapToLong(batch.images()::label).toArray());
  }
}
