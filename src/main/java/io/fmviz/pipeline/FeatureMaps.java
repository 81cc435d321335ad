package io.fmviz.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.fmviz.forward.Layer;

/**
 * One layer's output for one image, copied out of the engine once.
 *
 * @param layer type and index, {@code Conv2d_1}
 * @param shape {@code (1, channel, height, width)}
 * @param values row by row
 */
record FeatureMaps(String layer, long[] shape, float[] values) {
  static FeatureMaps of(Layer layer, NDList output) {
    NDArray array = output.singletonOrThrow();
    return new FeatureMaps(layer.name(), array.getShape().getShape(), array.toFloatArray());
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
