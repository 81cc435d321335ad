package io.fmviz.pipeline.top;

import io.fmviz.base.Require;
import io.fmviz.dataset.Split;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.pipeline.Setup;
import io.fmviz.probe.LayerSelection;
import io.fmviz.probe.MapChoice;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose strongest responses to show, and how many.
 *
 * @param samples the first images of the split only, or null for all
 * @param layers null for the activations
 * @param maps null for all channels, or the first of very many
 * @param count images for each channel, from 1 to 100
 * @param scale every pixel becomes a square of as many by as many, from 1 to 32; null for what
 *     makes a crop about 36 pixels wide
 */
public record TopRequest(
    Setup setup,
    Split split,
    Integer samples,
    LayerSelection layers,
    MapChoice maps,
    int count,
    Integer scale) {
  /** More rows than these are asked for. */
  private static final MapChoice FIRST = new MapChoice("256");

  /** The channels of a layer that get a row. */
  int[] rows(Network network, Node node) {
    return MapChoice.of(maps == null && !network.defaults().whole() ? FIRST : maps, node);
  }

  public TopRequest {
    Require.atLeast(1, samples, "samples");
    Require.within(1, 100, count, "count");
    Require.within(1, 32, scale, "scale");
  }

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("split", split.toString());
    options.put("samples", samples);
    options.put("limit", samples);
    options.put("layers", LayerSelection.entriesOf(layers));
    options.put("maps", MapChoice.textOf(maps));
    options.put("count", count);
    options.put("scale", scale);
    return options;
  }
}
