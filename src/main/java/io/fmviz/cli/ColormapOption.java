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
      description =
          "The colours: ${COMPLETION-CANDIDATES}; coolwarm is blue below zero and red above, equally far on both sides, and auto that where values are below zero, else magma from zero (default: ${DEFAULT-VALUE}).")
  Colormap colormap;
}
