package io.fmviz.pipeline.compare;

import io.fmviz.image.PictureOptions;
import io.fmviz.pipeline.PictureFacts;
import io.fmviz.pipeline.Setup;
import io.fmviz.probe.ImageChoice;
import io.fmviz.probe.LayerSelection;
import io.fmviz.probe.MapChoice;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which layers to compare over which images.
 *
 * @param layers null for the activations
 * @param maps null for all channels
 * @param order of the columns
 * @param pictures its {@code nrow} and {@code label} are not used
 */
public record CompareRequest(
    Setup setup,
    ImageChoice images,
    LayerSelection layers,
    MapChoice maps,
    ChannelOrder order,
    PictureOptions pictures) {

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>(images.options());
    options.put("layers", LayerSelection.entriesOf(layers));
    options.put("maps", MapChoice.textOf(maps));
    options.put("sort", order.toString());
    options.putAll(PictureFacts.of(pictures));
    options.remove("nrow");
    options.remove("label");
    return options;
  }
}
