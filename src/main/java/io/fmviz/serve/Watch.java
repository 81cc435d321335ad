package io.fmviz.serve;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Looks after what is under way. */
final class Watch implements AutoCloseable {
  private static final long LOOK_MILLIS = 50;

  private final BoundedTask.Limits limits;
  private final Set<BoundedTask<?>> runs = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  Watch(BoundedTask.Limits limits) {
    this.limits = limits;
    InferenceQueue.daemon(this::look, "fmviz-watch").start();
  }

  BoundedTask.Limits limits() {
    return limits;
  }

  private void look() {
    while (!isClosed) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
      runs.forEach(BoundedTask::check);
    }
  }

  /** Does something on the calling thread, within limits. */
  <T> T over(BoundedTask<T> run) throws Exception {
    runs.add(run);
    try {
      return run.call();
    } finally {
      runs.remove(run);
    }
  }

  /** The same, of what throws nothing that is declared. */
  <T> T over(Callable<T> what, BoundedTask.Limits limits, Runnable stop) {
    try {
      return over(new BoundedTask<>(what, limits, stop));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
