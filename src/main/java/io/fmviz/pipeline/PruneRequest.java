package io.fmviz.pipeline;

import io.fmviz.dataset.Split;
import io.fmviz.runtime.Compute;
import java.nio.file.Path;

/**
 * What to prune, and where to write it.
 *
 * @param on the images on which a channel must be dead
 * @param below also take out channels that are active in less than this share of the images; from 0
 *     to 1, with 0 for none
 * @param allowChanges how many predictions for test images may change
 * @param to the checkpoint to write, a safetensors file
 * @param force replace a file that is there
 */
public record PruneRequest(
    CheckpointRequest checkpoint,
    DataRequest data,
    Split on,
    double below,
    int allowChanges,
    Path to,
    boolean force,
    Compute compute) {
  public PruneRequest {
    if (!(below >= 0 && below <= 1)) {
      throw new IllegalArgumentException("--below must be from 0 to 1, not " + below);
    }
    if (allowChanges < 0) {
      throw new IllegalArgumentException("--allow-changes must be at least 0, not " + allowChanges);
    }
    if (to.getFileName() == null || !to.getFileName().toString().endsWith(".safetensors")) {
      throw new IllegalArgumentException("--to must name a .safetensors file, not " + to);
    }
  }
}
