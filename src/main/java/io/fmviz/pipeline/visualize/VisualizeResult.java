package io.fmviz.pipeline.visualize;

import io.fmviz.analysis.Prediction;
import io.fmviz.base.Unwrapped;
import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.RunFacts;
import java.util.List;

/**
 * What visualizing came to; the details are in the manifest.
 *
 * @param samples how many images were looked at; goes in 0.2, as it is a list elsewhere
 * @param imageCount the same
 * @param pictures how many files were written
 * @param predictions what the network takes the user's own pictures for; null for images of a
 *     dataset
 */
public record VisualizeResult(
    @Unwrapped RunFacts run,
    int samples,
    int imageCount,
    int pictures,
    List<SampleAnswer> predictions)
    implements Result {
  /**
   * What the network takes one picture for.
   *
   * @param source the file
   */
  public record SampleAnswer(String source, @Unwrapped Prediction prediction) {}
}
