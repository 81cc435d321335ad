package io.fmviz.network;

import io.fmviz.base.Require;

/**
 * Where to compute.
 *
 * @param device {@code auto} (a CUDA device if there is one), {@code cpu}, {@code gpu} or, as
 *     PyTorch has it, {@code cuda}, or {@code gpu:1}, {@code cuda:1} and so on
 * @param threads that the engine uses for one operation on the CPU, at least 1
 */
public record Compute(String device, int threads) {
  public Compute {
    Require.that(
        device.matches("auto|cpu|(gpu|cuda)(:\\d{1,3})?"),
        "device",
        "must be auto, cpu, gpu, cuda, gpu:N or cuda:N, not %s",
        device);
    Require.within(1, 1024, threads, "threads");
  }

  /** The CPU, on so many threads. */
  public static Compute onCpu(int threads) {
    return new Compute("cpu", threads);
  }
}
