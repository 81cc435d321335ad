package io.fmviz.pipeline.compare;

import io.fmviz.analysis.LayerName;
import io.fmviz.base.Unwrapped;
import io.fmviz.pipeline.AnsweredImage;
import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.RunFacts;
import java.util.List;

/**
 * Sheets of layers over images.
 *
 * @param samples the images, a row for each; goes in 0.2, as it is a number elsewhere
 * @param imageCount how many
 * @param images the same as the samples
 * @param layers a sheet for each
 */
public record CompareResult(
    @Unwrapped RunFacts run,
    List<AnsweredImage> samples,
    int imageCount,
    List<AnsweredImage> images,
    List<Sheet> layers)
    implements Result {
  /** What the manifest tells of the sheets. */
  record CompareDetails(List<AnsweredImage> samples, List<Sheet> layers) {}

  /**
   * One layer.
   *
   * @param file below the folder
   * @param maps {@code 32 of 2048} where not all of the layer's are drawn; else null
   * @param columns the channels, counted from 0, in the order of the columns
   * @param means of these channels over the images, in the same order
   * @param notANumber how many of their values for the images are NaN or infinite, in the same
   *     order; null if none is
   * @param dead the channels that are framed
   */
  public record Sheet(
      String file,
      @Unwrapped LayerName name,
      String maps,
      List<Integer> columns,
      double[] means,
      long[] notANumber,
      List<Integer> dead) {}
}
