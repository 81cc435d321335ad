package io.fmviz.pipeline.visualize;

import io.fmviz.image.PictureOptions;
import io.fmviz.pipeline.MapsFormat;
import io.fmviz.pipeline.PictureFacts;
import io.fmviz.pipeline.Setup;
import io.fmviz.probe.ImageChoice;
import io.fmviz.probe.LayerSelection;
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
 */
public record VisualizeRequest(
    Setup setup,
    ImageChoice images,
    LayerSelection layers,
    Set<Capture> captures,
    Set<MapsFormat> formats,
    boolean input,
    PictureOptions pictures) {

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>(images.options());
    options.put("layers", LayerSelection.entriesOf(layers));
    options.put("capture", captures.stream().map(Capture::toString).toList());
    options.put("format", formats.stream().map(MapsFormat::toString).toList());
    options.put("input", input);
    options.putAll(PictureFacts.of(pictures));
    return options;
  }
}
