package io.fmviz.cli;

import io.fmviz.image.Colormap;
import io.fmviz.image.GridOptions;
import io.fmviz.image.Normalize;
import io.fmviz.image.PictureOptions;
import picocli.CommandLine.Option;

/** How maps become a picture. */
final class DrawingOptions {
  @Option(
      names = "--padding",
      paramLabel = "N",
      defaultValue = "2",
      description = "Pixels between maps and around them.")
  private int padding;

  @Option(
      names = "--pad-value",
      paramLabel = "GREY",
      defaultValue = "0.5",
      description = "The grey of these, from 0 (black) to 1 (white).")
  private float padValue;

  @Option(
      names = "--colormap",
      paramLabel = "NAME",
      defaultValue = "gray",
      description =
          "${COMPLETION-CANDIDATES}; the last is blue below zero and red above, equally far on both sides.")
  private Colormap colormap;

  @Option(
      names = "--scale",
      paramLabel = "N",
      defaultValue = "1",
      description = "Make every pixel a square of N by N.")
  private int scale;

  /**
   * The options as a record.
   *
   * @param nrow maps in a row
   * @param normalize which values become the ends of the colour map
   * @param label whether each map gets its channel's number
   */
  PictureOptions options(int nrow, Normalize normalize, boolean label) {
    return new PictureOptions(
        new GridOptions(nrow, padding, padValue), normalize, colormap, scale, label);
  }
}
