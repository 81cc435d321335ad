package io.fmviz.pipeline;

import io.fmviz.forward.LayerSelection;
import io.fmviz.image.PictureOptions;
import io.fmviz.runtime.Compute;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which layers to compare over which images.
 *
 * @param layers null for the ReLUs
 * @param order of the columns
 * @param pictures its {@code nrow} and {@code label} are not used
 * @param out the folder for the sheets
 * @param force write into a folder that holds files of somebody else's
 */
public record CompareRequest(
    CheckpointRequest checkpoint,
    ImageChoice images,
    LayerSelection layers,
    ChannelOrder order,
    PictureOptions pictures,
    Path out,
    boolean force,
    DataRequest data,
    Compute compute) {

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>(images.options());
    options.put("layers", layers == null ? null : layers.entries());
    options.put("sort", order.toString());
    options.putAll(VisualizeRequest.options(pictures));
    options.remove("nrow");
    options.remove("label");
    return options;
  }
}
