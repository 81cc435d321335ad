package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import picocli.CommandLine.Option;

/** How many maps, or kernels, stand in a row. */
@Under(Heading.DRAWING)
final class RowOption {
  @Option(
      names = "--nrow",
      paramLabel = "N",
      description = "Maps in a row (default: ${DEFAULT-VALUE}).")
  Integer nrow;
}
