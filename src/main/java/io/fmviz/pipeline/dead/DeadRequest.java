package io.fmviz.pipeline.dead;

import io.fmviz.base.Require;
import io.fmviz.dataset.Split;
import io.fmviz.pipeline.Setup;
import io.fmviz.probe.LayerSelection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where to look for dead channels.
 *
 * @param samples the first images only, or null for all
 * @param layers null for the activations and the convolutions before them
 * @param below a channel that is active in less than this share of the images is almost dead; from
 *     0 to 1
 * @param channels print a table of every channel too
 * @param failOnDead the percentage of dead channels in a layer, from 0 to 100, above which the
 *     result is a failure; null for never
 */
public record DeadRequest(
    Setup setup,
    Split split,
    Integer samples,
    LayerSelection layers,
    double below,
    boolean channels,
    Double failOnDead) {
  public DeadRequest {
    Require.atLeast(1, samples, "samples");
    Require.share(1, below, "below");
    Require.share(100, failOnDead, "failOnDead");
  }

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("split", split.toString());
    options.put("samples", samples);
    options.put("limit", samples);
    options.put("layers", LayerSelection.entriesOf(layers));
    options.put("below", below);
    return options;
  }
}
