package io.fmviz.pipeline;

import java.util.List;

/** Which kernels were drawn. */
public record KernelsResult(
    String checkpoint, List<Picture> layers, String out, String manifest, double seconds)
    implements Result {
  /**
   * One convolution's kernels.
   *
   * @param files below the folder, one in each format
   * @param shape of the convolution's weight, {@code (out, in, height, width)}
   * @param minimum of all weights, like maximum and mean
   */
  public record Picture(
      List<String> files,
      String layer,
      long[] shape,
      double minimum,
      double maximum,
      double mean) {}
}
