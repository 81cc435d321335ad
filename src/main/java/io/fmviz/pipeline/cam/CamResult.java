package io.fmviz.pipeline.cam;

import io.fmviz.analysis.LayerName;
import io.fmviz.base.Unwrapped;
import io.fmviz.pipeline.AnsweredImage;
import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.RunFacts;
import java.util.List;

/**
 * Where a network looks.
 *
 * @param method {@code cam}, {@code gradcam}, {@code gradcam++}, {@code layercam}, {@code
 *     hirescam}, {@code ablation}, {@code mean}, {@code max} or {@code eigen}
 * @param sheet the picture of all images below the folder; null for one image
 * @param imageCount how many were looked at
 */
public record CamResult(
    @Unwrapped RunFacts run, String method, String sheet, int imageCount, List<Image> images)
    implements Result {
  /** What the manifest tells of it. */
  record CamDetails(String method, String sheet, List<Image> images) {}

  /**
   * One image.
   *
   * @param file its picture, below the folder
   * @param shaded true where some of the picture is, which the network does not see; else null
   * @param maps by layer, and for each by class; none where a class is asked for and none is
   *     predicted
   */
  public record Image(
      @Unwrapped AnsweredImage image, String file, Boolean shaded, List<Map> maps) {}

  /**
   * One layer for one class, or for none where the method asks for none.
   *
   * @param target null if the method asks for no class
   * @param value null if the method asks for no value of an output
   * @param minimum of the map; null in JSON if no value is a number
   * @param maximum likewise; equal to the minimum where the map is constant, and nothing is drawn
   * @param notANumber how many values are NaN or infinite; null for none
   * @param map its rows
   */
  public record Map(
      @Unwrapped LayerName name,
      @Unwrapped Target target,
      @Unwrapped OutputValue value,
      double minimum,
      double maximum,
      Long notANumber,
      float[][] map) {}

  /**
   * The value of an output that is asked for.
   *
   * @param targetOutput as {@code boxes[0,4,:]}
   * @param targetValue in this image
   */
  public record OutputValue(String targetOutput, double targetValue) {}

  /**
   * The class that is asked for.
   *
   * @param target counted from 0
   * @param targetName null where it isn't known
   * @param targetProbability from 0 to 1; null in JSON if a logit is NaN or infinite
   * @param contributions the sum of the map, with {@code cam}; null with others
   * @param bias what is added to that; null likewise
   * @param sum both: the logit, but for rounding; null likewise
   */
  public record Target(
      int target,
      String targetName,
      double targetProbability,
      double logit,
      Double contributions,
      Double bias,
      Double sum) {}
}
