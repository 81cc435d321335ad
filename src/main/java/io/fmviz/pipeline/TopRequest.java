package io.fmviz.pipeline;

import io.fmviz.dataset.Split;
import io.fmviz.forward.LayerSelection;
import io.fmviz.runtime.Compute;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose strongest responses to show, and how many.
 *
 * @param limit the first images of the split only, or null for all
 * @param layers null for the ReLUs
 * @param count images for each channel, from 1 to 100
 * @param scale every pixel becomes a square of as many by as many, from 1 to 32; null for what
 *     makes a crop about 36 pixels wide
 * @param out the folder for the sheets
 * @param force write into a folder that holds files of somebody else's
 */
public record TopRequest(
    CheckpointRequest checkpoint,
    Split split,
    Integer limit,
    LayerSelection layers,
    int count,
    Integer scale,
    Path out,
    boolean force,
    DataRequest data,
    Compute compute) {
  public TopRequest {
    if (limit != null && limit < 1) {
      throw new IllegalArgumentException("--limit must be at least 1, not " + limit);
    }
    if (count < 1 || count > 100) {
      throw new IllegalArgumentException("--count must be from 1 to 100, not " + count);
    }
    if (scale != null && (scale < 1 || scale > 32)) {
      throw new IllegalArgumentException("--scale must be from 1 to 32, not " + scale);
    }
  }

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("split", split.toString());
    options.put("limit", limit);
    options.put("layers", layers == null ? null : layers.entries());
    options.put("count", count);
    options.put("scale", scale);
    return options;
  }
}
