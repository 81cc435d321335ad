package io.fmviz.pipeline.visualize;

import io.fmviz.base.Inline;
import io.fmviz.pipeline.Result;
import io.fmviz.pipeline.RunFacts;

/**
 * What visualizing came to; the details are in the manifest.
 *
 * @param samples how many images were looked at
 * @param pictures how many files were written
 */
public record VisualizeResult(@Inline RunFacts run, int samples, int pictures) implements Result {}
