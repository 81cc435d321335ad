package io.fmviz.runtime;

/**
 * Where to compute.
 *
 * @param device {@code auto} (a CUDA device if there is one), {@code cpu}, {@code gpu}, or {@code
 *     gpu:1} and so on
 * @param threads that PyTorch uses for one operation on the CPU, at least 1
 */
public record Compute(String device, int threads) {
  public Compute {
    if (!device.matches("auto|cpu|gpu|gpu:\\d{1,3}")) {
      throw new IllegalArgumentException("--device must be auto, cpu, gpu or gpu:N, not " + device);
    }
    if (threads < 1 || threads > 1024) {
      throw new IllegalArgumentException("--threads must be from 1 to 1024, not " + threads);
    }
  }
}
