package io.fmviz.pipeline;

import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import java.nio.FloatBuffer;

/**
 * Maps for one image, copied out of the engine once.
 *
 * @param name of a layer, {@code Conv2d_1}, for its output; with {@code -input} behind it for what
 *     it was given; {@code input} for the image itself
 * @param shape {@code (1, channel, height, width)}
 * @param values row by row
 */
public record FeatureMaps(String name, long[] shape, float[] values) {
  /** The name of the image itself, as one map. */
  public static final String IMAGE = "input";

  /**
   * An image as the network sees it.
   *
   * @param image its place in the batch, from 0
   */
  public static FeatureMaps of(String name, Batch batch, int image) {
    Images images = batch.images();
    FloatBuffer values = FloatBuffer.allocate(images.size());
    batch.floats().copyTo(values, image);
    long[] shape = {1, images.channels(), images.height(), images.width()};
    return new FeatureMaps(name, shape, values.array());
  }

  public int channels() {
    return (int) shape[1];
  }

  public int height() {
    return (int) shape[2];
  }

  public int width() {
    return (int) shape[3];
  }

  /** The smallest value; NaN if any is. */
  public double minimum() {
    float minimum = Float.POSITIVE_INFINITY;
    for (float value : values) {
      minimum = Math.min(minimum, value);
    }
    return minimum;
  }

  /** The largest value; NaN if any is. */
  public double maximum() {
    float maximum = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      maximum = Math.max(maximum, value);
    }
    return maximum;
  }

  /**
   * How many values are NaN or infinite.
   *
   * @return null for none
   */
  public Long notANumber() {
    // Neither end is a number then, as both tell of any NaN.
    if (Double.isFinite(minimum()) && Double.isFinite(maximum())) {
      return null;
    }
    long count = 0;
    for (float value : values) {
      count += Float.isFinite(value) ? 0 : 1;
    }
    return count;
  }

  public double mean() {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
