package io.fmviz.pipeline;

import io.fmviz.dataset.Split;
import io.fmviz.forward.LayerSelection;
import io.fmviz.runtime.Compute;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where to look for dead channels.
 *
 * @param layers null for the convolutions and their ReLUs
 * @param limit the first images only, or null for all
 * @param below a channel that is active in less than this share of the images is almost dead; from
 *     0 to 1
 * @param channels print a table of every channel too
 * @param failOnDead the percentage of dead channels in a layer, from 0 to 100, above which the
 *     result is a failure; null for never
 * @param out the folder for the pictures
 * @param force write into a folder that holds files of somebody else's
 */
public record DeadRequest(
    CheckpointRequest checkpoint,
    DataRequest data,
    Split split,
    Integer limit,
    LayerSelection layers,
    double below,
    boolean channels,
    Double failOnDead,
    Path out,
    boolean force,
    Compute compute) {
  public DeadRequest {
    if (limit != null && limit < 1) {
      throw new IllegalArgumentException("--limit must be at least 1, not " + limit);
    }
    if (!(below >= 0 && below <= 1)) {
      throw new IllegalArgumentException("--below must be from 0 to 1, not " + below);
    }
    if (failOnDead != null && !(failOnDead >= 0 && failOnDead <= 100)) {
      throw new IllegalArgumentException("--fail-on-dead must be from 0 to 100, not " + failOnDead);
    }
  }

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("split", split.toString());
    options.put("limit", limit);
    options.put("layers", layers == null ? null : layers.entries());
    options.put("below", below);
    return options;
  }
}
