package io.fmviz.probe;

import com.sun.management.ThreadMXBean;
import io.fmviz.base.Garbage;
import io.fmviz.base.Numbers;
import io.fmviz.base.Threads;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads images on other threads before they are asked for, in order. One that can't be read is
 * passed over, and so is one that takes longer than half a minute: its thread is left alone.
 */
final class ReadAhead {
  /** Longer than the largest picture that is taken needs on a slow machine. */
  static final long PATIENCE_SECONDS = 30;

  /**
   * The garbage is collected when reading has left so many bytes of it, some 16 photographs': 20
   * milliseconds of 200, and memory stays as it is. G1 would rather fill a sixty-fourth of the
   * machine's memory first.
   */
  private static final long COLLECTED = 32 << 20;

  private static final ThreadMXBean ALLOCATED = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Threads end when there was nothing to do for a minute, and keep no program from ending. */
  private static final ExecutorService READERS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "fmviz-images");
            thread.setDaemon(true);
            return thread;
          });

  private final Images images;
  private final int[] order;
  private final int depth;
  private final long patienceSeconds;
  private final Semaphore running;
  private final Deque<PendingRead> underWay = new ArrayDeque<>();
  private final AtomicLong garbage = new AtomicLong();
  private int begun;
  private int taken;

  private record PendingRead(int index, Future<float[]> values) {}

  /**
   * Begins.
   *
   * @param depth how many are kept ready, beside those that are being read
   */
  ReadAhead(Images images, int[] order, int depth, long patienceSeconds) {
    this.images = images;
    this.order = order;
    this.depth = depth + images.readers();
    this.running = new Semaphore(images.readers());
    this.patienceSeconds = patienceSeconds;
  }

  /** How many of the images were read or passed over. */
  int taken() {
    return taken;
  }

  /** The next image that can be read; null if there is none. */
  Batch.Read next() {
    while (true) {
      begin();
      if (underWay.isEmpty()) {
        return null;
      }
      PendingRead first = underWay.remove();
      taken++;
      if (garbage.get() >= COLLECTED) {
        garbage.set(0);
        Garbage.collect();
      }
      try {
        return new Batch.Read(first.index(), wait(first));
      } catch (UserException e) {
        images.passOver(first.index(), e.getMessage());
      }
    }
  }

  private void begin() {
    while (begun < order.length && underWay.size() < depth) {
      int index = order[begun++];
      underWay.add(new PendingRead(index, READERS.submit(() -> read(index))));
    }
  }

  private float[] read(int index) throws InterruptedException {
    running.acquire();
    long before = ALLOCATED.getCurrentThreadAllocatedBytes();
    try {
      float[] values = new float[images.size()];
      images.copyTo(FloatBuffer.wrap(values), index);
      return values;
    } finally {
      garbage.addAndGet(ALLOCATED.getCurrentThreadAllocatedBytes() - before);
      running.release();
    }
  }

  /** All before it are done, so that it runs, or did. */
  private float[] wait(PendingRead reading) {
    try {
      return Threads.result(reading.values(), patienceSeconds);
    } catch (TimeoutException e) {
      // It may never come back: another takes its place among those that run.
      running.release();
      throw new UserException(
          "%s was not read within %s"
              .formatted(images.source(reading.index()), Numbers.count(patienceSeconds, "second")));
    }
  }
}
