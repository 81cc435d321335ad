package io.fmviz.pipeline.visualize;

import io.fmviz.image.Colormap;
import io.fmviz.image.GridOptions;
import io.fmviz.image.Normalize;
import io.fmviz.image.PictureOptions;
import io.fmviz.network.Network;
import io.fmviz.pipeline.MapsFormat;
import io.fmviz.pipeline.PictureChoice;
import io.fmviz.pipeline.PictureFacts;
import io.fmviz.pipeline.Setup;
import io.fmviz.probe.ImageChoice;
import io.fmviz.probe.LayerSelection;
import io.fmviz.probe.MapChoice;
import java.util.LinkedHashMap;
import java.util.Locale;
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
    PictureChoice pictures) {
  /** Which side of a layer to look at. */
  public enum Capture {
    OUTPUT,
    INPUT;

    /** The name on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** As torchvision draws. */
  private static final PictureChoice.Usual PLAIN =
      new PictureChoice.Usual(8, Normalize.NONE, Colormap.GRAY, 1);

  /** Maps of any size and range, to be looked at. */
  private static final PictureChoice.Usual MARKED =
      new PictureChoice.Usual(
          GridOptions.AUTO, Normalize.LAYER, Colormap.AUTO, PictureOptions.AUTO);

  /**
   * How maps of a network are drawn: plainly, or so that zero is seen, and small ones too. Numbers
   * above maps need room.
   */
  PictureOptions drawing(Network network) {
    boolean isPlain = network.defaults().plain();
    PictureChoice.Usual usual = isPlain ? PLAIN : MARKED;
    boolean isGray = isPlain || pictures.normalize() == Normalize.NONE;
    return pictures.with(
        new PictureChoice.Usual(
            usual.nrow(),
            usual.normalize(),
            isGray ? PLAIN.colormap() : usual.colormap(),
            pictures.label() ? PictureOptions.AUTO : usual.scale()));
  }

  /** As in a manifest. */
  Map<String, Object> options(PictureOptions drawing) {
    Map<String, Object> options = new LinkedHashMap<>(images.options());
    options.put("layers", LayerSelection.entriesOf(layers));
    options.put("maps", MapChoice.textOf(maps));
    options.put("capture", captures.stream().map(Capture::toString).toList());
    options.put("format", formats.stream().map(MapsFormat::toString).toList());
    options.put("input", input);
    options.putAll(PictureFacts.of(drawing));
    return options;
  }
}
