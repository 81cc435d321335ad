package io.fmviz.pipeline;

import java.util.List;

/**
 * One image in visualize's manifest.
 *
 * @param index counted from 1
 * @param predicted the class with the largest logit
 */
record VisualizedSample(int index, int label, int predicted, List<Picture> pictures) {
  /**
   * One picture.
   *
   * @param file below the folder, with forward slashes
   * @param shape of the layer's output, {@code (1, channel, height, width)}
   * @param minimum of the raw values, like maximum and mean
   */
  record Picture(
      String file, String layer, long[] shape, double minimum, double maximum, double mean) {}
}
