package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import picocli.CommandLine.Option;

/** How to test. */
final class TestOptions {
  @Option(
      names = "--limit-test",
      paramLabel = "N",
      description = "Test with the first N images only (default: all).")
  @Under(Heading.IMAGES)
  Integer limit;

  @Option(
      names = "--test-batch-size",
      paramLabel = "N",
      defaultValue = "32",
      description = "Images in one forward pass of the test (default: ${DEFAULT-VALUE}).")
  @Under(Heading.ENGINE)
  int batchSize;
}
