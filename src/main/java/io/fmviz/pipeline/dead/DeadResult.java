package io.fmviz.pipeline.dead;

import io.fmviz.analysis.LayerActivity;
import io.fmviz.base.Unwrapped;
import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.RunFacts;
import java.util.List;

/**
 * How active a network's channels are.
 *
 * @param split the images' part of the dataset; null for files
 * @param images how many; goes in 0.2, as it is a list elsewhere
 * @param imageCount the same
 * @param below a channel that is active in less than this share of the images is almost dead
 * @param failure that a layer has more dead channels than is allowed; null if none has
 */
public record DeadResult(
    @Unwrapped RunFacts run,
    String split,
    int images,
    int imageCount,
    double below,
    List<LayerActivity> layers,
    String failure)
    implements Result {}
