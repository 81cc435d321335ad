package io.fmviz.pipeline.filmstrip;

import io.fmviz.image.PictureOptions;
import io.fmviz.pipeline.Setup;
import io.fmviz.probe.ImageChoice;
import io.fmviz.probe.LayerSelection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which layers to follow through a training, for which image.
 *
 * @param setup whose network is the last that is shown, after those of earlier epochs in its model
 *     folder; its name is null for the newest
 * @param image must choose one image; one that gives neither a number nor indices nor files gets
 *     the number 1
 * @param layers null for the ReLUs
 * @param pictures its {@code nrow} and {@code label} are not used; it normalises over all of a
 *     layer
 */
public record FilmstripRequest(
    Setup setup, ImageChoice image, LayerSelection layers, PictureOptions pictures) {
  public FilmstripRequest {
    if (setup.data().pictures() == null) {
      image = image.orSamples(1);
    }
  }

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>(image.options());
    options.put("modelDir", setup.network().modelFolder().toString());
    options.put("layers", LayerSelection.entriesOf(layers));
    options.put("padding", pictures.grid().padding());
    options.put("padValue", pictures.grid().padValue());
    options.put("colormap", pictures.colormap().toString());
    options.put("scale", pictures.scale());
    return options;
  }
}
