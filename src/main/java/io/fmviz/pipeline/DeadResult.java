package io.fmviz.pipeline;

import java.util.List;

/**
 * How active a network's channels are.
 *
 * @param split the images' part of the dataset
 * @param images how many
 * @param below a channel that is active in less than this share of the images is almost dead
 * @param failure that a layer has more dead channels than is allowed; null if none has
 * @param seconds from the first forward pass to the manifest
 */
public record DeadResult(
    String checkpoint,
    String dataset,
    String fallbackReason,
    String split,
    int images,
    double below,
    String device,
    int threads,
    List<LayerActivity> layers,
    String failure,
    String out,
    String manifest,
    double seconds)
    implements Result {}
