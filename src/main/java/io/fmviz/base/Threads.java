package io.fmviz.base;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for work on other threads. */
public final class Threads {
  private Threads() {}

  /**
   * Waits for a result.
   *
   * @throws RuntimeException that the work ended with, or Error
   */
  public static <T> T result(Future<T> work) {
    try {
      return result(work, Long.MAX_VALUE);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Waits for a result, no longer than that.
   *
   * @throws TimeoutException if there is none by then
   * @throws RuntimeException that the work ended with, or Error
   */
  public static <T> T result(Future<T> work, long seconds) throws TimeoutException {
    return result(work, seconds, TimeUnit.SECONDS);
  }

  /**
   * Waits for a result, no longer than that.
   *
   * @throws TimeoutException if there is none by then
   * @throws RuntimeException that the work ended with, or Error
   */
  public static <T> T result(Future<T> work, long time, TimeUnit unit) throws TimeoutException {
    try {
      return work.get(time, unit);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException failed
          ? failed
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while others work", e);
    }
  }

  /** Ends a thread's work: what has not begun never will, and what has is waited for. */
  public static void end(ExecutorService threads) {
    threads.shutdownNow();
    try {
      threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
