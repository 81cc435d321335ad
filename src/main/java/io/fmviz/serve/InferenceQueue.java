package io.fmviz.serve;

import io.fmviz.base.Threads;
import io.fmviz.runtime.ProcessMemory;
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
import java.util.concurrent.locks.LockSupport;

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
          work -> daemon(work, "fmviz-network")) {
        @Override
        protected void afterExecute(Runnable done, Throwable failure) {
          ProcessMemory.bound();
          lastDone = System.nanoTime();
        }
      };
  private volatile long lastDone = System.nanoTime();
  private volatile boolean isResting = true;

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

  /**
   * From now on, gives back what is kept once nobody has asked for anything for a while: the tabs
   * are closed, or forgotten.
   *
   * @param seconds without a question
   * @param rest done on the thread that runs the network, once until somebody asks again
   */
  void restAfter(long seconds, Runnable rest) {
    daemon(
            () -> {
              while (!thread.isShutdown()) {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                boolean isIdle = System.nanoTime() - lastDone > TimeUnit.SECONDS.toNanos(seconds);
                if (isIdle && !isResting && !isBusy()) {
                  isResting = true;
                  thread.execute(rest);
                }
              }
            },
            "fmviz-rest")
        .start();
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
    isResting = false;
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
