package io.fmviz.pipeline.ablate;

import io.fmviz.base.Inline;
import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.RunFacts;
import java.util.List;

/**
 * What each map of some layers is worth: what changes if it is set to zero. Channels are counted
 * from 0; every array has one entry for each.
 *
 * @param image what changes for one image; null if none was asked for
 * @param samples what changes for many; null if none were asked for
 */
public record AblateResult(@Inline RunFacts run, Image image, Samples samples) implements Result {
  /** What the manifest tells of both. */
  record Details(Image image, Samples samples) {}

  /**
   * One image.
   *
   * @param index counted from 1
   * @param predicted the class with the largest logit
   * @param logit of that class
   */
  public record Image(int index, int label, int predicted, double logit, List<ImageLayer> layers) {}

  /**
   * One layer for one image.
   *
   * @param change of the logit of the class that is predicted with all maps
   * @param predicted the class that is predicted without the map
   */
  public record ImageLayer(String layer, int channels, double[] change, int[] predicted) {}

  /**
   * Many images.
   *
   * @param images how many
   * @param correct of them with all maps
   * @param accuracy with all maps, from 0 to 1
   */
  public record Samples(int images, int correct, double accuracy, List<SamplesLayer> layers) {}

  /**
   * One layer for many images.
   *
   * @param accuracy without the map, from 0 to 1
   * @param accuracyChange that less the accuracy with all maps
   * @param predictionsChanged for how many images the predicted class is another
   * @param meanLogitChange of the class that is predicted with all maps
   */
  public record SamplesLayer(
      String layer,
      int channels,
      double[] accuracy,
      double[] accuracyChange,
      int[] predictionsChanged,
      double[] meanLogitChange) {}
}
