package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import picocli.CommandLine.Option;

/** How many images to look at. */
@Under(Heading.IMAGES)
final class SamplesOption {
  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "How many images to look at, at most (default: 20, or all that --index names).")
  Integer samples;
}
