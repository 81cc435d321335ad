package io.fmviz.cli;

import picocli.CommandLine.Option;

/** How many images to look at. */
final class SamplesOption {
  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "How many images at most (default: 20, or all that --indices or --image name).")
  Integer samples;
}
