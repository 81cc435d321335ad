package io.fmviz.pipeline;

/**
 * What visualizing came to; the details are in the manifest.
 *
 * @param dataset null for files of the user's own
 * @param pictures how many files were written
 * @param seconds from the first forward pass to the manifest
 */
public record VisualizeResult(
    String checkpoint,
    String dataset,
    String fallbackReason,
    String device,
    int threads,
    int samples,
    int pictures,
    String out,
    String manifest,
    double seconds)
    implements Result {}
