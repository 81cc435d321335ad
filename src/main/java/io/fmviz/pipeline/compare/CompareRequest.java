package io.fmviz.pipeline.compare;

import io.fmviz.image.Colormap;
import io.fmviz.image.GridOptions;
import io.fmviz.image.Normalize;
import io.fmviz.image.PictureOptions;
import io.fmviz.network.Network;
import io.fmviz.pipeline.PictureChoice;
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
    PictureChoice pictures) {
  /** A sheet is looked at, not compared with torchvision's pictures. */
  PictureOptions drawing(Network network) {
    int scale = network.defaults().plain() ? 2 : PictureOptions.AUTO;
    return pictures.with(
        new PictureChoice.Usual(GridOptions.AUTO, Normalize.LAYER, Colormap.VIRIDIS, scale));
  }

  /** As in a manifest. */
  Map<String, Object> options(PictureOptions drawing) {
    Map<String, Object> options = new LinkedHashMap<>(images.options());
    options.put("layers", LayerSelection.entriesOf(layers));
    options.put("maps", MapChoice.textOf(maps));
    options.put("sort", order.toString());
    options.putAll(PictureFacts.of(drawing));
    options.remove("nrow");
    options.remove("label");
    return options;
  }
}
