package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import io.fmviz.dataset.Split;
import picocli.CommandLine.Option;

/** Which part of the dataset to look at. */
@Under(Heading.IMAGES)
final class SplitOptions {
  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "test",
      description =
          "Which part of the dataset: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  Split split;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "The first N images of it only (default: all).")
  Integer limit;
}
