package io.fmviz.serve;

import io.fmviz.base.Threads;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What the network is asked, one after the other on the one thread that runs it. Of each kind a
 * page has one request under way: a newer one takes the place of an older.
 */
final class Work implements AutoCloseable {
  private static final int MOST_WAITING = 32;

  private final long limitSeconds;
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
   * @param limitSeconds how long a request may take, with its waiting
   */
  Work(long limitSeconds) {
    this.limitSeconds = limitSeconds;
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
   * @throws Refusal if there is a newer one, too much to do, or it takes too long
   */
  <T> T result(String who, Callable<T> what) {
    FutureTask<T> task = new FutureTask<>(what);
    Future<?> older = underWay.put(who, task);
    if (older != null) {
      older.cancel(false);
    }
    try {
      thread.execute(task);
      return task.get(limitSeconds, TimeUnit.SECONDS);
    } catch (CancellationException e) {
      throw new Refusal(409, "a newer request took the place of this one");
    } catch (RejectedExecutionException e) {
      throw new Refusal(503, "too many requests are waiting");
    } catch (TimeoutException e) {
      task.cancel(false);
      throw new Refusal(503, "this takes longer than %d seconds".formatted(limitSeconds));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failed
          ? failed
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(503, "the server ends");
    } finally {
      underWay.remove(who, task);
    }
  }

  @Override
  public void close() {
    Threads.end(thread);
  }
}
