package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import io.fmviz.image.Colormap;
import picocli.CommandLine.Option;

/** In which colours maps are drawn. */
@Under(Heading.DRAWING)
final class ColormapOption {
  @Option(
      names = "--colormap",
      paramLabel = "NAME",
      defaultValue = "gray",
      description =
          "The colours: ${COMPLETION-CANDIDATES}; the last is blue below zero and red above, equally far on both sides (default: ${DEFAULT-VALUE}).")
  Colormap colormap;
}
