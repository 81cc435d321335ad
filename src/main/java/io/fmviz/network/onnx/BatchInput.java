package io.fmviz.network.onnx;

import io.fmviz.base.Exact;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The memory of a batch's images, as the network takes them.
 *
 * @param floats one image after the other, of a whole number of passes
 */
record BatchInput(FloatBuffer floats, OnnxNetwork.Taken taken) {
  /** One buffer has 2 GB at most. */
  private static final long MOST = Integer.MAX_VALUE / Float.BYTES;

  /** Memory for so many images. */
  static BatchInput of(int images, OnnxNetwork.Taken taken) {
    return new BatchInput(direct(Exact.product((long) images, size(taken))), taken);
  }

  static int size(OnnxNetwork.Taken taken) {
    return Math.toIntExact(taken.form().size());
  }

  /**
   * Memory outside the heap, where the engine can read and write.
   *
   * @throws UserException if they are more than an array of Java's can have
   */
  static FloatBuffer direct(long floats) {
    if (floats > MOST) {
      throw new UserException(
          Settings.named(
                  "a layer's output has %,d values at once, and %,d can be looked at: choose others with {layers}")
              .formatted(floats, MOST));
    }
    return ByteBuffer.allocateDirect(Math.toIntExact(floats * Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** Fills it; the last image fills up what is left. */
  void fill(Batch batch) {
    floats.clear();
    FloatBuffer one = taken.channelsLast() ? FloatBuffer.allocate(size(taken)) : null;
    int last = batch.size() - 1;
    for (int i = 0; floats.hasRemaining(); i++) {
      int index = batch.indices()[Math.min(i, last)];
      if (one == null) {
        batch.images().copyTo(floats, index);
      } else {
        transpose(batch.images(), index, one.clear());
      }
    }
    floats.clear();
  }

  private void transpose(Images images, int index, FloatBuffer one) {
    images.copyTo(one, index);
    int pixels = Exact.product(images.height(), images.width());
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < images.channels(); c++) {
        floats.put(one.get(c * pixels + i));
      }
    }
  }
}
