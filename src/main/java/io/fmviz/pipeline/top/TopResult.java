package io.fmviz.pipeline.top;

import io.fmviz.analysis.LayerName;
import io.fmviz.analysis.ReceptiveField;
import io.fmviz.base.Unwrapped;
import io.fmviz.base.WriteNull;
import io.fmviz.pipeline.AnsweredImage;
import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.RunFacts;
import java.util.List;

/**
 * What each channel responds to.
 *
 * @param split null for files
 * @param images how many were looked at; goes in 0.2, as it is a list elsewhere
 * @param imageCount the same
 */
public record TopResult(
    @Unwrapped RunFacts run, String split, int images, int imageCount, List<Sheet> layers)
    implements Result {
  /**
   * One layer.
   *
   * @param file below the folder
   * @param receptiveField null where a position is not known to see one square of the image: it is
   *     marked on the whole image then
   * @param maps {@code 256 of 2048} where not all of the layer's are drawn; else null
   * @param channels a list for each channel, the highest response first; empty for one that is
   *     never above zero
   * @param notANumber how many of each channel's values are NaN or infinite, and no responses; null
   *     if none is
   */
  public record Sheet(
      String file,
      @Unwrapped LayerName name,
      @WriteNull ReceptiveField receptiveField,
      String maps,
      List<List<TopResponse>> channels,
      long[] notANumber) {
    String layer() {
      return name.layer();
    }
  }

  /**
   * One image.
   *
   * @param value the largest of the map
   * @param row of the map where it is, from 0
   * @param column of the map where it is, from 0
   */
  public record TopResponse(@Unwrapped AnsweredImage image, float value, int row, int column) {}
}
