package io.fmviz.dataset.photo;

import io.fmviz.base.Exact;
import io.fmviz.dataset.Picture;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Makes a network's numbers of a picture's bytes, in float32 and in PyTorch's order: divided by 255
 * (ToTensor), the mean subtracted, divided by the deviation (Normalize).
 */
final class ChannelFloats {
  /** For each of the network's channels but a fourth, what each byte becomes. */
  private final float[][] tables;

  private final ChannelOrder order;
  private final Double alpha;

  ChannelFloats(Preprocessing reading) {
    Preprocessing.Numbers numbers = reading.numbers();
    this.order = numbers.order();
    this.alpha = numbers.alpha();
    this.tables = new float[reading.channels() - (alpha == null ? 0 : 1)][256];
    for (int c = 0; c < tables.length; c++) {
      for (int value = 0; value < 256; value++) {
        float scaled = scaled(value, numbers.range());
        tables[c][value] = (scaled - numbers.mean()[c]) / numbers.std()[c];
      }
    }
  }

  private static float scaled(int value, double range) {
    if (range == 255) {
      return value;
    }
    return range == 1 ? value / 255f : (float) (value * (range / 255));
  }

  /** Appends a picture, {@code (channels, height, width)}. */
  void copy(Picture picture, FloatBuffer target) {
    int pixels = Exact.product(picture.height(), picture.width());
    float[] plane = new float[pixels];
    byte[] values = picture.values();
    int step = picture.channels();
    for (int c = 0; c < tables.length; c++) {
      float[] table = tables[c];
      int from = step == 1 ? 0 : order == ChannelOrder.BGR ? step - 1 - c : c;
      for (int i = 0, at = from; i < pixels; i++, at += step) {
        plane[i] = table[values[at] & 0xff];
      }
      target.put(plane);
    }
    if (alpha != null) {
      Arrays.fill(plane, alpha.floatValue());
      target.put(plane);
    }
  }
}
