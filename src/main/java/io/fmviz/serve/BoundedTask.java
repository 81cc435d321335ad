package io.fmviz.serve;

import io.fmviz.base.Numbers;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Something that the network does, and that ends where it takes too long or too much memory, or
 * nobody waits for it any more: the engine is told to stop, and its thread is interrupted, which
 * ends the decoding of a picture.
 */
final class BoundedTask<T> implements Callable<T> {
  private final Callable<T> what;
  private final Limits limits;
  private final Runnable stop;
  private Thread thread;
  private long began;
  private long held;
  private String reason;

  /**
   * How much it may take.
   *
   * @param bytes more than the process held before
   */
  record Limits(long seconds, long bytes) {
    /** Half of what the process doesn't hold yet: the other half is for what can't be stopped. */
    static Limits of(long seconds) {
      return new Limits(seconds, (Memory.total() - Memory.used()) / 2);
    }

    /** For several at once. */
    Limits times(int count) {
      return new Limits(seconds * count, bytes);
    }

    String late() {
      return "this takes longer than " + Numbers.count(seconds, "second");
    }

    private String large() {
      return "this takes more than %d MB of memory".formatted(bytes / 1_000_000);
    }
  }

  /**
   * Not begun yet.
   *
   * @param stop tells the engine; it may be called several times
   */
  BoundedTask(Callable<T> what, Limits limits, Runnable stop) {
    this.what = what;
    this.limits = limits;
    this.stop = stop;
  }

  /**
   * Does it.
   *
   * @throws Refusal if it was ended
   */
  @Override
  public T call() throws Exception {
    begin();
    try {
      return what.call();
    } catch (Exception e) {
      String why = reason();
      if (why != null) {
        throw new Refusal(503, why);
      }
      throw e;
    } finally {
      done();
    }
  }

  private synchronized void begin() {
    thread = Thread.currentThread();
    began = System.nanoTime();
    held = Memory.used();
  }

  private synchronized String reason() {
    return reason;
  }

  private synchronized void done() {
    thread = null;
    if (reason != null) {
      // It came too late for anybody.
      Thread.interrupted();
    }
  }

  /** Ends it if it is under way. */
  synchronized void end(String why) {
    if (thread != null) {
      reason = why;
      stop.run();
      thread.interrupt();
    }
  }

  /** Ends it if it takes too much; again, if it was told so before it could listen. */
  synchronized void check() {
    if (thread == null) {
      return;
    }
    if (reason != null) {
      end(reason);
    } else if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(limits.seconds())) {
      end(limits.late());
    } else if (Memory.used() - held > limits.bytes()) {
      end(limits.large());
    }
  }
}
