package io.fmviz.network.torch;

import ai.djl.Device;
import io.fmviz.base.Threads;
import io.fmviz.runtime.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Two threads of Java, each with half of PyTorch's, that work on different images. Where all of
 * PyTorch's threads share every operation, they wait for each other at the end of each, and spin
 * while one of them does what is too small to be shared; on a busy machine that costs many times
 * the work.
 */
final class Lanes implements AutoCloseable {
  private final List<Lane> lanes = new ArrayList<>();

  /** A thread, and the memory of its batches. */
  private record Lane(ExecutorService thread, BatchArrays arrays) {}

  /** Lanes for a device; one lane on a GPU, or if PyTorch has one thread. */
  Lanes(Device device) {
    int threads = device.isGpu() ? 1 : Torch.threads();
    for (int i = 0; i < Math.min(2, threads); i++) {
      Lane lane = new Lane(Executors.newSingleThreadExecutor(), new BatchArrays());
      lane.thread().execute(() -> Torch.useThreads(Math.max(1, threads / 2)));
      lanes.add(lane);
    }
  }

  /**
   * Has work done, after what was submitted to the same lane before.
   *
   * @param number of the lane, from 0; higher numbers begin at 0 again
   * @param work is given the lane's arrays
   */
  <T> Future<T> submit(int number, Function<BatchArrays, T> work) {
    Lane lane = lanes.get(number % lanes.size());
    return lane.thread().submit(() -> work.apply(lane.arrays()));
  }

  /** Waits for all that was submitted. */
  void finish() {
    lanes.stream().map(lane -> lane.thread().submit(() -> true)).toList().forEach(Threads::result);
  }

  @Override
  public void close() {
    lanes.forEach(lane -> Threads.end(lane.thread()));
  }
}
