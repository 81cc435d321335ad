package io.fmviz.pipeline.prune;

import io.fmviz.base.Require;
import io.fmviz.dataset.Split;
import io.fmviz.pipeline.Setup;
import io.fmviz.probe.LayerSelection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to prune, and where to write it.
 *
 * @param setup whose output is the manifest's folder; where it forces, a file that is there is
 *     replaced too
 * @param on the images on which a channel must be dead
 * @param below also take out channels that are active in less than this share of the images; from 0
 *     to 1, with 0 for none
 * @param layers the convolutions that may lose channels; null for all
 * @param allowChanges how many predictions for test images may change
 * @param to the checkpoint to write, a safetensors file
 */
public record PruneRequest(
    Setup setup, Split on, double below, LayerSelection layers, int allowChanges, Path to) {
  public PruneRequest {
    Require.share(1, below, "below");
    Require.atLeast(0, allowChanges, "allowChanges");
    Require.that(
        to.getFileName() != null && to.getFileName().toString().endsWith(".safetensors"),
        "to",
        "must name a .safetensors file, not %s",
        to);
  }

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("split", on.toString());
    options.put("on", on.toString());
    options.put("below", below);
    options.put("layers", LayerSelection.entriesOf(layers));
    options.put("allowChanges", allowChanges);
    options.put("to", to.toString());
    return options;
  }
}
