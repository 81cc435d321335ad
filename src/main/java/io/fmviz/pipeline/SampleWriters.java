package io.fmviz.pipeline;

import io.fmviz.base.Threads;
import io.fmviz.image.PngWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** Writes images' maps on several threads, beside the network that makes the next ones. */
final class SampleWriters implements AutoCloseable {
  private final ExecutorService threads;
  private final BlockingQueue<PngWriter> idle = new LinkedBlockingQueue<>();
  private final Deque<Future<VisualizedSample>> pending = new ArrayDeque<>();

  SampleWriters(int count) {
    threads = Executors.newFixedThreadPool(count);
    for (int i = 0; i < count; i++) {
      idle.add(new PngWriter());
    }
  }

  /** Has one image written, when a thread is free. */
  void submit(Function<PngWriter, VisualizedSample> image) {
    pending.add(
        threads.submit(
            () -> {
              PngWriter png = idle.take();
              try {
                return image.apply(png);
              } finally {
                idle.add(png);
              }
            }));
  }

  /**
   * Waits for the images that were submitted first, in their order.
   *
   * @param left how many may still be under way afterwards
   */
  void await(int left, List<VisualizedSample> written) {
    while (pending.size() > left) {
      written.add(Threads.result(pending.remove()));
    }
  }

  /** Ends what is under way, so that nothing is written any more. */
  @Override
  public void close() {
    Threads.end(threads);
    idle.forEach(PngWriter::close);
  }
}
