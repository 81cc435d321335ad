package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import picocli.CommandLine.Option;

/** How many images are tested at once. */
@Under(Heading.ENGINE)
final class TestBatchOption {
  @Option(
      names = "--test-batch-size",
      paramLabel = "N",
      defaultValue = "32",
      description = "Images in one forward pass of the test (default: ${DEFAULT-VALUE}).")
  int batchSize;
}
