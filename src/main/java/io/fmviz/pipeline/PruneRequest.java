package io.fmviz.pipeline;

import io.fmviz.dataset.Split;
import io.fmviz.forward.LayerSelection;
import io.fmviz.runtime.Compute;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to prune, and where to write it.
 *
 * @param on the images on which a channel must be dead
 * @param below also take out channels that are active in less than this share of the images; from 0
 *     to 1, with 0 for none
 * @param layers the convolutions that may lose channels; null for all
 * @param allowChanges how many predictions for test images may change
 * @param to the checkpoint to write, a safetensors file
 * @param out the folder for the manifest
 * @param force replace a file that is there, and write into a folder that holds files of somebody
 *     else's
 */
public record PruneRequest(
    CheckpointRequest checkpoint,
    DataRequest data,
    Split on,
    double below,
    LayerSelection layers,
    int allowChanges,
    Path to,
    Path out,
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

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("on", on.toString());
    options.put("below", below);
    options.put("layers", layers == null ? null : layers.entries());
    options.put("allowChanges", allowChanges);
    options.put("to", to.toString());
    return options;
  }
}
