package io.fmviz.cli;

import io.fmviz.runtime.Compute;
import picocli.CommandLine.Option;

/** Where to compute. */
final class ComputeOptions {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "auto (a CUDA device if there is one), cpu, gpu, or gpu:N.")
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
