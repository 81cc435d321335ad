package io.fmviz.pipeline.ablate;

import io.fmviz.base.Require;
import io.fmviz.pipeline.Setup;
import io.fmviz.probe.LayerSelection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose maps to set to zero, and for which images.
 *
 * @param index the one image, counted from 1; null for the first, or for none if samples are given
 * @param samples how many test images, from the first, at least 1; null for none
 * @param layers null for the activations
 */
public record AblateRequest(Setup setup, Integer index, Integer samples, LayerSelection layers) {
  public AblateRequest {
    Require.atLeast(1, index, "index");
    Require.atLeast(1, samples, "samples");
  }

  /**
   * As in a manifest.
   *
   * @param number of the image that was taken; null for none
   */
  Map<String, Object> options(Integer number) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("index", number);
    options.put("samples", samples);
    options.put("layers", LayerSelection.entriesOf(layers));
    return options;
  }
}
