package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import io.fmviz.image.GridOptions;
import picocli.CommandLine.Option;

/** How large pixels are drawn. */
@Under(Heading.DRAWING)
final class ScaleOption {
  @Option(
      names = "--scale",
      paramLabel = "N|auto",
      converter = AutoOr.class,
      completionCandidates = Words.Auto.class,
      description =
          "Draw every pixel as a square of N by N; auto, as large as small maps need to be seen (default: ${DEFAULT-VALUE}).")
  Integer scale;

  /** The number; null where none is told. */
  Integer number() {
    return scale == null || scale == GridOptions.AUTO ? null : scale;
  }
}
