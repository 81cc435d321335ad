package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import picocli.CommandLine.Option;

/** How large pixels are drawn. */
@Under(Heading.DRAWING)
final class ScaleOption {
  @Option(
      names = "--scale",
      paramLabel = "N",
      description = "Make every pixel a square of N by N (default: ${DEFAULT-VALUE}).")
  Integer scale;
}
