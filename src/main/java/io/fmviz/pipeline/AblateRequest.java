package io.fmviz.pipeline;

import io.fmviz.forward.LayerSelection;
import io.fmviz.runtime.Compute;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose maps to set to zero, and for which images.
 *
 * @param index the one test image, counted from 1; null for none
 * @param samples how many test images, from the first, at least 1; null for none
 * @param layers null for the ReLUs
 * @param out the folder for the pictures
 * @param force write into a folder that holds files of somebody else's
 */
public record AblateRequest(
    CheckpointRequest checkpoint,
    DataRequest data,
    Integer index,
    Integer samples,
    LayerSelection layers,
    Path out,
    boolean force,
    Compute compute) {
  public AblateRequest {
    if (index == null && samples == null) {
      index = 1;
    }
    if (index != null && index < 1) {
      throw new IllegalArgumentException("--index must be at least 1, not " + index);
    }
    if (samples != null && samples < 1) {
      throw new IllegalArgumentException("--samples must be at least 1, not " + samples);
    }
  }

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("index", index);
    options.put("samples", samples);
    options.put("layers", layers == null ? null : layers.entries());
    return options;
  }
}
