package io.fmviz.pipeline;

import io.fmviz.forward.LayerSelection;
import io.fmviz.image.PictureOptions;
import io.fmviz.runtime.Compute;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which maps of which images to show, and how.
 *
 * @param layers null for all that have maps
 * @param captures at least one
 * @param formats at least one
 * @param input whether the image itself is written too
 * @param out the folder for the files
 * @param force write into a folder that holds files of somebody else's
 */
public record VisualizeRequest(
    CheckpointRequest checkpoint,
    ImageChoice images,
    LayerSelection layers,
    Set<Capture> captures,
    Set<MapsFormat> formats,
    boolean input,
    PictureOptions pictures,
    Path out,
    boolean force,
    DataRequest data,
    Compute compute) {

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>(images.options());
    options.put("layers", layers == null ? null : layers.entries());
    options.put("capture", captures.stream().map(Capture::toString).toList());
    options.put("format", formats.stream().map(MapsFormat::toString).toList());
    options.put("input", input);
    options.putAll(options(pictures));
    return options;
  }

  static Map<String, Object> options(PictureOptions pictures) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("nrow", pictures.grid().nrow());
    options.put("padding", pictures.grid().padding());
    options.put("padValue", pictures.grid().padValue());
    options.put("normalize", pictures.normalize().toString());
    options.put("colormap", pictures.colormap().toString());
    options.put("scale", pictures.scale());
    options.put("label", pictures.label());
    return options;
  }
}
