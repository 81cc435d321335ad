package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import picocli.CommandLine.Option;

/** How many maps, or kernels, stand in a row. */
@Under(Heading.DRAWING)
final class RowOption {
  @Option(
      names = "--nrow",
      paramLabel = "N|auto",
      converter = AutoOr.class,
      completionCandidates = Words.Auto.class,
      description =
          "Maps in a row; auto, as many as make the picture nearly square (default: 8 for the classifier, auto for others).")
  Integer nrow;
}
