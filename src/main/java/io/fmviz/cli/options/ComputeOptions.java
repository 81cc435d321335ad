package io.fmviz.cli.options;

import io.fmviz.cli.options.Heading.Under;
import io.fmviz.network.Compute;
import picocli.CommandLine.Option;

/** Where to compute. */
@Under(Heading.ENGINE)
public final class ComputeOptions {
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

  public Compute compute() {
    return new Compute(
        device, threads == null ? Runtime.getRuntime().availableProcessors() : threads);
  }

  /** How many images are tested at once. */
  public static final class TestBatchOption {
    @Option(
        names = "--test-batch-size",
        paramLabel = "N",
        defaultValue = "32",
        description = "Images in one forward pass of the test (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    public int batchSize() {
      return batchSize;
    }
  }
}
