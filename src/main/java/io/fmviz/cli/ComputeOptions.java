package io.fmviz.cli;

import io.fmviz.cli.Heading.Under;
import io.fmviz.network.Compute;
import picocli.CommandLine.Option;

/** Where to compute. */
@Under(Heading.ENGINE)
final class ComputeOptions {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      completionCandidates = Words.Devices.class,
      description =
          "Where to compute: auto (a CUDA device if there is one), cpu, gpu or cuda, or gpu:N or cuda:N (default: ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads for one operation on the CPU (default: all cores).")
  private Integer threads;

  Compute compute() {
    return new Compute(
        device, threads == null ? Runtime.getRuntime().availableProcessors() : threads);
  }
}
