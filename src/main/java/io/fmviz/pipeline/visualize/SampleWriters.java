package io.fmviz.pipeline.visualize;

import io.fmviz.base.Threads;
import io.fmviz.image.PngWriter;
import io.fmviz.network.Batch;
import io.fmviz.probe.Batches;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/** Writes images' maps on several threads, beside the network that makes the next ones. */
final class SampleWriters implements AutoCloseable {
  private final ExecutorService threads;
  private final BlockingQueue<PngWriter> idle = new LinkedBlockingQueue<>();
  private final Deque<Future<WrittenSample>> pending = new ArrayDeque<>();

  SampleWriters(int count) {
    threads = Executors.newFixedThreadPool(count);
    for (int i = 0; i < count; i++) {
      idle.add(new PngWriter());
    }
  }

  /** Has one image written, when a thread is free. */
  void submit(Function<PngWriter, WrittenSample> image) {
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
   * The images as they are written, in their order.
   *
   * @param begin makes a batch and submits its images, when of those before at most one batch is
   *     still under way
   */
  Iterator<WrittenSample> inOrder(Batches batches, Consumer<Batch> begin) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return batches.hasNext() || !pending.isEmpty();
      }

      @Override
      public WrittenSample next() {
        while (batches.hasNext() && pending.size() <= batches.size()) {
          begin.accept(batches.next());
        }
        return Threads.result(pending.remove());
      }
    };
  }

  /** Ends what is under way, so that nothing is written any more. */
  @Override
  public void close() {
    Threads.end(threads);
    idle.forEach(PngWriter::close);
  }
}
