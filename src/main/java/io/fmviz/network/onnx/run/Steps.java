package io.fmviz.network.onnx.run;

/**
 * How a batch goes through a model: at once, or in steps where the model takes a batch of its own
 * size only. The last step is filled up.
 *
 * @param images in the batch
 * @param size of a step
 */
record Steps(int images, int size) {
  /**
   * The steps of a batch.
   *
   * @param fixed how many images the model takes at once; 0 for any number
   */
  static Steps of(int images, int fixed) {
    return new Steps(images, fixed == 0 ? images : fixed);
  }

  int count() {
    return (images + size - 1) / size;
  }

  /** How many images go through, with those that fill up the last step. */
  int rows() {
    return Math.multiplyExact(count(), size);
  }
}
