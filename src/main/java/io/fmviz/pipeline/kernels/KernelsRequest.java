package io.fmviz.pipeline.kernels;

import io.fmviz.base.Require;
import io.fmviz.base.Settings;
import io.fmviz.image.Colormap;
import io.fmviz.image.GridOptions;
import io.fmviz.image.Normalize;
import io.fmviz.image.PictureOptions;
import io.fmviz.pipeline.MapsFormat;
import io.fmviz.pipeline.NetworkRequest;
import io.fmviz.pipeline.OutputRequest;
import io.fmviz.pipeline.PictureChoice;
import io.fmviz.pipeline.PictureFacts;
import io.fmviz.probe.LayerSelection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which kernels to show, and how.
 *
 * @param layers null for all convolutions
 * @param view null for what is usual: {@link KernelView#RGB} for a first layer of three channels,
 *     else each pair
 * @param formats at least one
 * @param pictures where its {@code nrow} is null, 8 are in a row, or a row is of one output channel
 *     if there is a tile for each pair
 */
public record KernelsRequest(
    NetworkRequest network,
    LayerSelection layers,
    KernelView view,
    Set<MapsFormat> formats,
    PictureChoice pictures,
    OutputRequest output) {
  public KernelsRequest {
    Require.that(
        pictures.nrow() == null || !pictures.label() || (view != null && view != KernelView.NONE),
        "label",
        Settings.named("gives each output channel a row: leave {nrow} out, or give {reduce}"));
    Require.that(
        view != KernelView.RGB || pictures.colormap() == null,
        "reduce",
        Settings.named("rgb has colours of its own: leave {colormap} out"));
  }

  /** Kernels are small, and have signs. */
  PictureOptions drawing() {
    return pictures.with(
        new PictureChoice.Usual(GridOptions.AUTO, Normalize.LAYER, Colormap.COOLWARM, 6));
  }

  /** As in a manifest. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("layers", LayerSelection.entriesOf(layers));
    options.put("reduce", view == null ? null : view.toString());
    options.put("format", formats.stream().map(MapsFormat::toString).toList());
    options.putAll(PictureFacts.of(drawing()));
    options.put("nrow", PictureFacts.orAuto(pictures.nrow()));
    return options;
  }
}
