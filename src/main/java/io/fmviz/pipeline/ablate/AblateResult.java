package io.fmviz.pipeline.ablate;

import io.fmviz.analysis.LayerName;
import io.fmviz.base.Unwrapped;
import io.fmviz.pipeline.AnsweredImage;
import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.RunFacts;
import java.util.ArrayList;
import java.util.List;

/**
 * What each map of some layers is worth: what changes if it is set to zero. Channels are counted
 * from 0; every array has one entry for each.
 *
 * @param image what changes for one image; null if none was asked for
 * @param samples what changes for many; null if none were asked for
 */
public record AblateResult(@Unwrapped RunFacts run, Image image, Samples samples)
    implements Result {
  /** What the manifest tells of both. */
  record Details(Image image, Samples samples) {}

  /**
   * One image.
   *
   * @param image with how many pictures there were to choose from, unless it is a dataset's
   * @param logit of the class that is predicted; null in JSON if none is
   */
  public record Image(@Unwrapped AnsweredImage image, double logit, List<ImageLayer> layers) {
    /** All that are named, null for none. */
    List<Integer> classes() {
      List<Integer> classes = new ArrayList<>();
      classes.add(image.label());
      layers.forEach(layer -> classes.addAll(layer.predicted()));
      return classes;
    }
  }

  /**
   * One layer for one image.
   *
   * @param change of the logit of the class that is predicted with all maps; null in JSON where
   *     nothing is predicted with them, or without the map
   * @param predicted the class that is predicted without the map; null where a logit is NaN or
   *     infinite then
   * @param notANumber how many of the logits are; null if none ever is
   */
  public record ImageLayer(
      @Unwrapped LayerName name,
      int channels,
      double[] change,
      List<Integer> predicted,
      long[] notANumber) {
    String layer() {
      return name.layer();
    }
  }

  /**
   * Many images.
   *
   * @param images how many; goes in 0.2, as it is a list elsewhere
   * @param imageCount the same
   * @param correct of them with all maps; null where labels aren't known, like every accuracy
   * @param accuracy with all maps, from 0 to 1
   * @param notANumber images for which a logit is NaN or infinite, with all maps; null for none
   */
  public record Samples(
      int images,
      int imageCount,
      Integer correct,
      Double accuracy,
      Long notANumber,
      List<SamplesLayer> layers) {}

  /**
   * One layer for many images.
   *
   * @param accuracy without the map, from 0 to 1
   * @param accuracyChange that less the accuracy with all maps
   * @param predictionsChanged for how many images not the same class is predicted
   * @param meanLogitChange of the class that is predicted with all maps; null in JSON if a logit is
   *     NaN or infinite
   * @param notANumber images for which a logit is, with all maps or without this one; null if there
   *     are none for any map
   */
  public record SamplesLayer(
      @Unwrapped LayerName name,
      int channels,
      double[] accuracy,
      double[] accuracyChange,
      int[] predictionsChanged,
      double[] meanLogitChange,
      long[] notANumber) {
    String layer() {
      return name.layer();
    }
  }
}
