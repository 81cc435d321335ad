package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import io.fmviz.image.GridOptions;
import io.fmviz.image.Normalize;
import io.fmviz.image.PictureOptions;
import io.fmviz.pipeline.PictureChoice;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How maps become a picture. */
@Under(Heading.DRAWING)
final class DrawingOptions {
  @Option(
      names = "--padding",
      paramLabel = "N",
      defaultValue = "2",
      description = "Pixels between maps and around them (default: ${DEFAULT-VALUE}).")
  private int padding;

  @Option(
      names = "--pad-value",
      paramLabel = "GREY",
      defaultValue = "0.5",
      description =
          "The grey of that padding, from 0 (black) to 1 (white) (default: ${DEFAULT-VALUE}).")
  private float padValue;

  @Mixin private ColormapOption colormap;
  @Mixin private ScaleOption scale;

  /**
   * The options as a record, where the command has a default for each.
   *
   * @param nrow maps in a row
   * @param normalize which values become the ends of the colour map
   * @param label whether each map gets its channel's number
   */
  PictureOptions options(int nrow, Normalize normalize, boolean label) {
    return new PictureOptions(
        new GridOptions(nrow, padding, padValue), normalize, colormap.colormap, scale.scale, label);
  }

  /** The same where what isn't told depends on the network; null stands for that. */
  PictureChoice choice(Integer nrow, Normalize normalize, boolean label) {
    return new PictureChoice(
        nrow, padding, padValue, normalize, colormap.colormap, scale.scale, label);
  }
}
