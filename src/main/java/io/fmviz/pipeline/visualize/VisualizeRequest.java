package io.fmviz.pipeline.visualize;

import io.fmviz.image.GridOptions;
import io.fmviz.image.PictureOptions;
import io.fmviz.network.Network;
import io.fmviz.pipeline.MapsFormat;
import io.fmviz.pipeline.PictureFacts;
import io.fmviz.pipeline.Setup;
import io.fmviz.probe.ImageChoice;
import io.fmviz.probe.LayerSelection;
import io.fmviz.probe.MapChoice;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which maps of which images to show, and how.
 *
 * @param layers null for all that have maps
 * @param maps null for all of each layer
 * @param captures at least one
 * @param formats at least one
 * @param input whether the image itself is written too
 */
public record VisualizeRequest(
    Setup setup,
    ImageChoice images,
    LayerSelection layers,
    MapChoice maps,
    Set<Capture> captures,
    Set<MapsFormat> formats,
    boolean input,
    PictureOptions pictures) {
  /** Maps in a row of the classifier's, as torchvision has it. */
  private static final int CLASSIFIER_NROW = 8;

  /** The same with as many maps in a row as are usual for the network, if none are asked for. */
  VisualizeRequest forNetwork(Network network) {
    if (pictures.grid().nrow() != GridOptions.UNSET) {
      return this;
    }
    int nrow = network.isCheckpoint() ? CLASSIFIER_NROW : GridOptions.AUTO;
    return new VisualizeRequest(
        setup, images, layers, maps, captures, formats, input, pictures.withNrow(nrow));
  }

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>(images.options());
    options.put("layers", LayerSelection.entriesOf(layers));
    options.put("maps", MapChoice.textOf(maps));
    options.put("capture", captures.stream().map(Capture::toString).toList());
    options.put("format", formats.stream().map(MapsFormat::toString).toList());
    options.put("input", input);
    options.putAll(PictureFacts.of(pictures));
    return options;
  }
}
