package io.fmviz.pipeline.kernels;

import io.fmviz.analysis.LayerName;
import io.fmviz.base.Unwrapped;
import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.RunFacts;
import java.util.List;

/** Which kernels were drawn. */
public record KernelsResult(@Unwrapped RunFacts run, List<KernelPicture> layers) implements Result {
  /**
   * One convolution's kernels.
   *
   * @param files below the folder, one in each format
   * @param reduce what is drawn where that is usual for this layer: {@code rgb}, or {@code max-abs}
   *     where there are too many kernels to draw each; else null
   * @param shape of the convolution's weight, {@code (out, in, height, width)}
   * @param minimum of all weights, like maximum and mean; null in JSON if it is NaN or infinite
   * @param notANumber how many weights are; null for none
   */
  public record KernelPicture(
      List<String> files,
      @Unwrapped LayerName name,
      String reduce,
      int[] shape,
      double minimum,
      double maximum,
      double mean,
      Long notANumber) {}
}
