package io.fmviz.pipeline;

import io.fmviz.image.GridOptions;
import io.fmviz.runtime.Compute;
import java.nio.file.Path;

/**
 * Which test images to show, and how.
 *
 * @param samples how many images, at least 1
 * @param start the first image, counted from 1
 * @param out the folder for the pictures
 * @param force write into a folder that holds files of somebody else's
 */
public record VisualizeRequest(
    CheckpointRequest checkpoint,
    int samples,
    int start,
    Path out,
    boolean force,
    GridOptions grid,
    DataRequest data,
    Compute compute) {
  public VisualizeRequest {
    if (samples < 1) {
      throw new IllegalArgumentException("--samples must be at least 1, not " + samples);
    }
    if (start < 1) {
      throw new IllegalArgumentException("--start must be at least 1, not " + start);
    }
  }
}
