package io.fmviz.pipeline;

import io.fmviz.base.Threads;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows that work goes on which can't tell how far it is, such as a call of an engine's. */
final class ElapsedTime {
  private ElapsedTime() {}

  /**
   * Does some work on the calling thread, while a step of it is told each second.
   *
   * @param task what people are told
   * @param work itself tells of no steps
   */
  static <T> T during(String task, Progress progress, Supplier<T> work) {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            ticking -> {
              Thread thread = new Thread(ticking, "fmviz-waiting");
              thread.setDaemon(true);
              return thread;
            });
    Future<?> ticks =
        clock.scheduleAtFixedRate(
            () -> progress.step(task, 0, Progress.UNKNOWN, ""), 1, 1, TimeUnit.SECONDS);
    try {
      return work.get();
    } finally {
      ticks.cancel(false);
      Threads.end(clock);
    }
  }
}
