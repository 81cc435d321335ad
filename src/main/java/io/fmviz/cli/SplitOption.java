package io.fmviz.cli;

import io.fmviz.dataset.Split;
import picocli.CommandLine.Option;

/** Which part of the dataset to look at. */
final class SplitOption {
  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "test",
      description = "The images: ${COMPLETION-CANDIDATES}.")
  Split split;
}
