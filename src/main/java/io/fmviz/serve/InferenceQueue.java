package io.fmviz.serve;

import io.fmviz.base.Threads;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What the network is asked, one after the other on the one thread that runs it. Of each kind a
 * page has one request under way: a newer one takes the place of an older. What takes too much is
 * ended, so that the next one gets its turn.
 */
final class InferenceQueue implements AutoCloseable {
  private static final int MOST_WAITING = 32;

  private static final long LOOK_MILLIS = 100;

  private final Watch watch;
  private final Runnable stop;
  private final Map<String, Future<?>> underWay = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          work -> daemon(work, "fmviz-network"));

  /**
   * Nothing to do yet.
   *
   * @param watch how long a request may take, with its waiting, and how much memory
   * @param stop ends what the engine is doing
   */
  InferenceQueue(Watch watch, Runnable stop) {
    this.watch = watch;
    this.stop = stop;
  }

  static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Whether a person waits for something. */
  boolean isBusy() {
    return thread.getActiveCount() > 0;
  }

  /**
   * Does something, and waits for it.
   *
   * @param who asks for what: a newer request of the same cancels this one
   * @throws Refusal if there is a newer one, too much to do, it takes too much, or the asker is
   *     gone
   */
  <T> T result(String who, Client asker, Callable<T> what) {
    BoundedTask<T> run = new BoundedTask<>(what, watch.limits(), stop);
    FutureTask<T> task = new FutureTask<>(() -> watch.over(run));
    Future<?> older = underWay.put(who, task);
    if (older != null) {
      older.cancel(false);
    }
    try {
      thread.execute(task);
      return result(task, run, asker);
    } catch (CancellationException e) {
      throw new Refusal(409, "a newer request took the place of this one");
    } catch (RejectedExecutionException e) {
      throw new Refusal(503, "too many requests are waiting");
    } finally {
      underWay.remove(who, task);
    }
  }

  private <T> T result(FutureTask<T> task, BoundedTask<T> run, Client asker) {
    long began = System.nanoTime();
    while (true) {
      try {
        return Threads.result(task, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        boolean isLate =
            System.nanoTime() - began > TimeUnit.SECONDS.toNanos(watch.limits().seconds());
        if (isLate || asker.isGone()) {
          String why = isLate ? watch.limits().late() : "nobody waits for this any more";
          task.cancel(false);
          run.end(why);
          throw new Refusal(503, why);
        }
      }
    }
  }

  @Override
  public void close() {
    Threads.end(thread);
  }
}
