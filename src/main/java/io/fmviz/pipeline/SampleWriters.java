package io.fmviz.pipeline;

import io.fmviz.base.Threads;
import io.fmviz.image.PngWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.IntConsumer;

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
   * The images as they are written, in their order.
   *
   * @param count of all images
   * @param size of a batch
   * @param batch makes the batch that begins with an image and submits it, when of those before at
   *     most one batch is still under way
   */
  Iterator<VisualizedSample> inOrder(int count, int size, IntConsumer batch) {
    return new Iterator<>() {
      private int begun;
      private int given;

      @Override
      public boolean hasNext() {
        return given < count;
      }

      @Override
      public VisualizedSample next() {
        for (; begun < count && pending.size() <= size; begun += size) {
          batch.accept(begun);
        }
        given++;
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
