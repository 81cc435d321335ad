package io.fmviz.dataset;

import io.fmviz.base.Exact;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Images that a program has as floats, in whatever range its network takes: one or more, without
 * labels.
 */
public final class FloatImages implements Images {
  private final float[] values;
  private final int channels;
  private final int height;
  private final int width;

  /**
   * Takes the array as it is, without a copy.
   *
   * @param values {@code (count, channels, height, width)}, row by row
   */
  public FloatImages(float[] values, int channels, int height, int width) {
    long size = Exact.product((long) channels, height, width);
    if (channels < 1 || height < 1 || width < 1 || values.length % size != 0) {
      throw new IllegalArgumentException(
          "%d values are no images of %d x %d with %d channels"
              .formatted(values.length, height, width, channels));
    }
    this.values = values;
    this.channels = channels;
    this.height = height;
    this.width = width;
  }

  @Override
  public int count() {
    return values.length / size();
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public void copyTo(FloatBuffer target, int index) {
    target.put(values, index * size(), size());
  }

  /**
   * From black, the image's smallest value, to white, its largest; grey where all are equal. Three
   * channels are red, green and blue; of any other number the first is shown.
   */
  @Override
  public Picture picture(int index) {
    int shown = channels == 3 ? 3 : 1;
    int map = Exact.product(height, width);
    int from = index * size();
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + shown * map; i++) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    byte[] bytes = new byte[shown * map];
    for (int i = 0; i < bytes.length; i++) {
      float value = values[from + i % shown * map + i / shown];
      bytes[i] = (byte) (high > low ? Math.round(255 * (value - low) / (high - low)) : 128);
    }
    return new Picture(shown, height, width, bytes);
  }

  /** The number from 1. */
  @Override
  public String title(int index) {
    return String.valueOf(index + 1);
  }

  @Override
  public FloatImages first(int count) {
    return count >= count()
        ? this
        : new FloatImages(
            Arrays.copyOf(values, Exact.product(count, size())), channels, height, width);
  }
}
