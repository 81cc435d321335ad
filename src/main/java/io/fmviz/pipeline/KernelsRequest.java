package io.fmviz.pipeline;

import io.fmviz.analysis.KernelReduction;
import io.fmviz.forward.LayerSelection;
import io.fmviz.image.PictureOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which kernels to show, and how.
 *
 * @param layers null for all convolutions
 * @param reduction null for a tile of each pair of an output and an input channel
 * @param nrow kernels in a row; null for 8, or for a row of each output channel if there is a tile
 *     for each pair
 * @param pictures its own {@code nrow} is not used
 * @param out the folder for the pictures
 * @param force write into a folder that holds files of somebody else's
 */
public record KernelsRequest(
    CheckpointRequest checkpoint,
    LayerSelection layers,
    KernelReduction reduction,
    Integer nrow,
    PictureOptions pictures,
    Path out,
    boolean force) {

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("layers", layers == null ? null : layers.entries());
    options.put("reduce", reduction == null ? null : reduction.toString());
    options.putAll(VisualizeRequest.options(pictures));
    options.put("nrow", nrow);
    return options;
  }
}
