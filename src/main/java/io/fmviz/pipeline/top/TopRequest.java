package io.fmviz.pipeline.top;

import io.fmviz.base.Require;
import io.fmviz.dataset.Split;
import io.fmviz.pipeline.Setup;
import io.fmviz.probe.LayerSelection;
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
 */
public record TopRequest(
    Setup setup, Split split, Integer limit, LayerSelection layers, int count, Integer scale) {
  public TopRequest {
    Require.atLeast(1, limit, "limit");
    Require.within(1, 100, count, "count");
    Require.within(1, 32, scale, "scale");
  }

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("split", split.toString());
    options.put("limit", limit);
    options.put("layers", LayerSelection.entriesOf(layers));
    options.put("count", count);
    options.put("scale", scale);
    return options;
  }
}
