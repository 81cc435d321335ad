package io.fmviz.cli;

import io.fmviz.image.Normalize;
import picocli.CommandLine.Option;

/** Which values become the ends of the colour map. */
final class NormalizeOption {
  @Option(
      names = "--normalize",
      paramLabel = "HOW",
      defaultValue = "none",
      description =
          "${COMPLETION-CANDIDATES}: the colours go from 0 to 1, or from the smallest to the largest value of each map, or of the layer.")
  Normalize normalize;
}
