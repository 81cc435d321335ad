package io.fmviz.network.onnx.run;

import io.fmviz.base.Exact;
import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import io.fmviz.network.onnx.engine.EngineMemory;
import io.fmviz.network.onnx.layers.InputLayout;
import java.nio.FloatBuffer;

/**
 * The memory of a batch's images, as the network takes them.
 *
 * @param floats one image after the other, of a whole number of passes
 */
record BatchInput(FloatBuffer floats, InputLayout layout) {
  /** Memory for so many images. */
  static BatchInput of(int images, InputLayout layout) {
    return new BatchInput(EngineMemory.floats(Exact.product((long) images, size(layout))), layout);
  }

  static int size(InputLayout layout) {
    return Math.toIntExact(layout.form().size());
  }

  /** Fills it; the last image fills up what is left. */
  void fill(Batch batch) {
    floats.clear();
    FloatBuffer one = layout.channelsLast() ? FloatBuffer.allocate(size(layout)) : null;
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
