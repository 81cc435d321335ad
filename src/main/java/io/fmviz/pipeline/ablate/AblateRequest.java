package io.fmviz.pipeline.ablate;

import io.fmviz.base.Require;
import io.fmviz.pipeline.Setup;
import io.fmviz.probe.LayerSelection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose maps to set to zero, and for which images.
 *
 * @param index the one test image, counted from 1; null for none
 * @param samples how many test images, from the first, at least 1; null for none
 * @param layers null for the activations
 */
public record AblateRequest(Setup setup, Integer index, Integer samples, LayerSelection layers) {
  public AblateRequest {
    if (index == null && samples == null) {
      index = 1;
    }
    Require.atLeast(1, index, "index");
    Require.atLeast(1, samples, "samples");
  }

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("index", index);
    options.put("samples", samples);
    options.put("layers", LayerSelection.entriesOf(layers));
    return options;
  }
}
