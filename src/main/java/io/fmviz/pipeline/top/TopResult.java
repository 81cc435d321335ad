package io.fmviz.pipeline.top;

import io.fmviz.analysis.ReceptiveField;
import io.fmviz.base.Inline;
import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.RunFacts;
import java.util.List;

/**
 * What each channel responds to.
 *
 * @param images how many were looked at
 */
public record TopResult(@Inline RunFacts run, String split, int images, List<Sheet> layers)
    implements Result {
  /**
   * One layer.
   *
   * @param file below the folder
   * @param channels a list for each channel, the highest response first; empty for one that is
   *     never above zero
   * @param notANumber how many of each channel's values are NaN or infinite, and no responses; null
   *     if none is
   */
  public record Sheet(
      String file,
      String layer,
      ReceptiveField receptiveField,
      List<List<Response>> channels,
      long[] notANumber) {}

  /**
   * One image.
   *
   * @param index counted from 1
   * @param value the largest of the map
   * @param row of the map where it is, from 0
   * @param column of the map where it is, from 0
   */
  public record Response(int index, int label, float value, int row, int column) {}
}
