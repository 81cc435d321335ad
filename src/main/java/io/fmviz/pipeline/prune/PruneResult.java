package io.fmviz.pipeline.prune;

import io.fmviz.analysis.BeforeAfter;
import io.fmviz.base.Unwrapped;
import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.RunFacts;
import java.util.List;

/**
 * What pruning came to, and the proof that both networks predict the same.
 *
 * @param looked on which images channels had to be dead
 * @param timings measured, for batches of some sizes
 * @param failure that too many predictions changed, and no checkpoint was written; null if one was
 * @param to the checkpoint that was written; null if none was
 */
public record PruneResult(
    @Unwrapped RunFacts run,
    @Unwrapped Looked looked,
    List<PrunedLayer> layers,
    @Unwrapped Proof proof,
    @Unwrapped Sizes sizes,
    List<Timing> timings,
    String failure,
    String to)
    implements Result {

  /**
   * On which images channels had to be dead.
   *
   * @param on the part of the dataset
   * @param onImages how many images that are
   * @param below channels that are active in less than this share of them were taken out too
   */
  public record Looked(String on, int onImages, double below) {}

  /**
   * One convolution. Channels are counted from 0.
   *
   * @param channels how many
   * @param removedDead those taken out that never rose above zero
   * @param removedAlmostDead those taken out that did so in few images
   * @param spared the one that stays although it is dead or almost dead, because all are and a
   *     layer needs one; null for none
   */
  public record PrunedLayer(
      String layer,
      BeforeAfter<Integer> channels,
      List<Integer> removedDead,
      List<Integer> removedAlmostDead,
      Integer spared) {}

  /**
   * What both networks answer to the test images.
   *
   * @param testImages how many these are
   * @param largestLogitDifference of any logit of any test image; null in JSON if one is NaN or
   *     infinite
   * @param notANumber test images with such logits, before or after; null for none
   * @param predictionsChanged for how many test images not the same class is predicted
   * @param allowChanges how many may change
   * @param correct test images that are predicted right
   * @param accuracy from 0 to 1
   */
  public record Proof(
      int testImages,
      double largestLogitDifference,
      Long notANumber,
      int predictionsChanged,
      int allowChanges,
      BeforeAfter<Integer> correct,
      BeforeAfter<Double> accuracy) {}

  /**
   * How large both networks are.
   *
   * @param parameters weights and biases
   * @param flops of one image, a multiply-add counted as 2
   * @param fileBytes sizes of the checkpoints' files; null for one that was not written
   */
  public record Sizes(
      BeforeAfter<Long> parameters, BeforeAfter<Long> flops, BeforeAfter<Long> fileBytes) {}

  /** The measured time for one image in batches of a size: medians, in milliseconds. */
  public record Timing(int batchSize, double before, double after) {}
}
