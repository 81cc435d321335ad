package io.fmviz.network.onnx.run;

import io.fmviz.base.Exact;
import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import java.nio.FloatBuffer;

/** Writes a batch's images as a network takes them. */
public final class BatchImages {
  private BatchImages() {}

  /**
   * Fills memory; the last image fills up what is left.
   *
   * @param floats one image after the other
   * @param channelsLast whether channels come behind rows and columns there
   */
  public static void put(Batch batch, FloatBuffer floats, boolean channelsLast) {
    floats.clear();
    Images images = batch.images();
    int size = Exact.product(images.channels(), images.height(), images.width());
    FloatBuffer one = channelsLast ? FloatBuffer.allocate(size) : null;
    int last = batch.size() - 1;
    for (int i = 0; floats.hasRemaining(); i++) {
      int image = Math.min(i, last);
      if (one == null) {
        batch.floats().copyTo(floats, image);
      } else {
        batch.floats().copyTo(one.clear(), image);
        transpose(one, images.channels(), floats);
      }
    }
    floats.clear();
  }

  private static void transpose(FloatBuffer one, int channels, FloatBuffer floats) {
    int pixels = one.capacity() / channels;
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < channels; c++) {
        floats.put(one.get(c * pixels + i));
      }
    }
  }
}
