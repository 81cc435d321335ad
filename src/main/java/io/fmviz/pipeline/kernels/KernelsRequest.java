package io.fmviz.pipeline.kernels;

import io.fmviz.analysis.KernelReduction;
import io.fmviz.base.Require;
import io.fmviz.base.Settings;
import io.fmviz.image.PictureOptions;
import io.fmviz.pipeline.MapsFormat;
import io.fmviz.pipeline.NetworkRequest;
import io.fmviz.pipeline.OutputRequest;
import io.fmviz.pipeline.PictureFacts;
import io.fmviz.probe.LayerSelection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which kernels to show, and how.
 *
 * @param layers null for all convolutions
 * @param reduction null for a tile of each pair of an output and an input channel
 * @param formats at least one
 * @param nrow kernels in a row; null for 8, or for a row of each output channel if there is a tile
 *     for each pair
 * @param pictures its own {@code nrow} is not used
 */
public record KernelsRequest(
    NetworkRequest network,
    LayerSelection layers,
    KernelReduction reduction,
    Set<MapsFormat> formats,
    Integer nrow,
    PictureOptions pictures,
    OutputRequest output) {
  public KernelsRequest {
    Require.that(
        nrow == null || !pictures.label() || reduction != null,
        "label",
        Settings.named("gives each output channel a row: leave {nrow} out, or give {reduce}"));
  }

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("layers", LayerSelection.entriesOf(layers));
    options.put("reduce", reduction == null ? null : reduction.toString());
    options.put("format", formats.stream().map(MapsFormat::toString).toList());
    options.putAll(PictureFacts.of(pictures));
    options.put("nrow", PictureFacts.orAuto(nrow));
    return options;
  }
}
