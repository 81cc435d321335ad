package io.fmviz.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.forward.Layer;
import java.nio.FloatBuffer;

/**
 * Maps for one image, copied out of the engine once.
 *
 * @param name of a layer, {@code Conv2d_1}, for its output; with {@code -input} behind it for what
 *     it was given; {@code input} for the image itself
 * @param shape {@code (1, channel, height, width)}
 * @param values row by row
 */
record FeatureMaps(String name, long[] shape, float[] values) {
  /** The name of the image itself, as one map. */
  static final String IMAGE = "input";

  static FeatureMaps of(String name, NDList arrays) {
    NDArray array = arrays.singletonOrThrow();
    return new FeatureMaps(name, array.getShape().getShape(), array.toFloatArray());
  }

  /** An image as the network sees it. */
  static FeatureMaps of(LabeledImages images, int index) {
    FloatBuffer values = FloatBuffer.allocate(images.height() * images.width());
    images.copyTo(values, index);
    long[] shape = {1, 1, images.height(), images.width()};
    return new FeatureMaps(IMAGE, shape, values.array());
  }

  /** What the maps of a layer are called. */
  static String name(Layer layer, Capture side) {
    return side == Capture.OUTPUT ? layer.name() : layer.name() + "-" + side;
  }

  int channels() {
    return (int) shape[1];
  }

  int height() {
    return (int) shape[2];
  }

  int width() {
    return (int) shape[3];
  }

  /** The smallest value; NaN if any is. */
  double minimum() {
    float minimum = Float.POSITIVE_INFINITY;
    for (float value : values) {
      minimum = Math.min(minimum, value);
    }
    return minimum;
  }

  /** The largest value; NaN if any is. */
  double maximum() {
    float maximum = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      maximum = Math.max(maximum, value);
    }
    return maximum;
  }

  double mean() {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
