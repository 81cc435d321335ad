package io.fmviz.pipeline.filmstrip;

import io.fmviz.analysis.Prediction;
import io.fmviz.base.Unwrapped;
import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.RunFacts;
import java.util.List;

/**
 * A layer's maps through a training.
 *
 * @param run without a checkpoint: the frames have them
 */
public record FilmstripResult(@Unwrapped RunFacts run, @Unwrapped FilmstripDetails details)
    implements Result {
  /**
   * One checkpoint, and what it takes the image for.
   *
   * @param weightsNotANumber how many of its weights are NaN or infinite; null for none
   */
  public record Frame(
      String checkpoint, String sha256, Long weightsNotANumber, @Unwrapped Prediction prediction) {}

  /**
   * One layer.
   *
   * @param picture below the folder: a row for each checkpoint
   * @param animation below the folder: a frame for each checkpoint
   * @param columns the channels, counted from 0, those that changed most first
   * @param movements of these, in the same order: the mean over the map's pixels of the difference
   *     from one checkpoint to the next, in magnitude, summed over the checkpoints
   * @param notANumber how many of their values are NaN or infinite, in the same order; null if none
   *     is
   */
  public record Strip(
      String picture,
      String animation,
      String layer,
      List<Integer> columns,
      double[] movements,
      long[] notANumber) {}

  /**
   * What the manifest tells of the strips.
   *
   * @param image its number, counted from 1
   * @param source the file it is from; null for an image of the dataset
   * @param label null if it has none
   * @param frames by epoch
   */
  public record FilmstripDetails(
      int image, String source, Integer label, List<Frame> frames, List<Strip> layers) {}
}
