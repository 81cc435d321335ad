package io.fmviz.pipeline;

import io.fmviz.analysis.KernelReduction;
import io.fmviz.forward.LayerSelection;
import io.fmviz.image.PictureOptions;
import java.nio.file.Path;
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
 * @param out the folder for the files
 * @param force write into a folder that holds files of somebody else's
 */
public record KernelsRequest(
    CheckpointRequest checkpoint,
    LayerSelection layers,
    KernelReduction reduction,
    Set<MapsFormat> formats,
    Integer nrow,
    PictureOptions pictures,
    Path out,
    boolean force) {
  public KernelsRequest {
    if (nrow != null && pictures.label() && reduction == null) {
      throw new IllegalArgumentException(
          "--label gives each output channel a row: leave --nrow out, or give --reduce");
    }
  }

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("layers", layers == null ? null : layers.entries());
    options.put("reduce", reduction == null ? null : reduction.toString());
    options.put("format", formats.stream().map(MapsFormat::toString).toList());
    options.putAll(VisualizeRequest.options(pictures));
    options.put("nrow", nrow);
    return options;
  }
}
