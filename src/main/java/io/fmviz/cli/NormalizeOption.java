package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import io.fmviz.image.Normalize;
import picocli.CommandLine.Option;

/** Which values become the ends of the colour map. */
@Under(Heading.DRAWING)
final class NormalizeOption {
  @Option(
      names = "--normalize",
      paramLabel = "HOW",
      description =
          "What the colours stretch over: none, from 0 to 1; map, from the smallest to the largest value of each map; layer, the same of the whole layer (default: ${DEFAULT-VALUE}).")
  Normalize normalize;
}
