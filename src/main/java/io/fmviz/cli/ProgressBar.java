package io.fmviz.cli;

import io.fmviz.base.ShutdownHooks;
import java.io.PrintStream;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * The progress of one task: on a terminal a line that is drawn over itself, elsewhere a plain line
 * now and then.
 */
final class ProgressBar {
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final long PLAIN_NANOS = 5_000_000_000L;

  private final PrintStream err;
  private final IntSupplier width;
  private final String task;
  private final LongSupplier clock;
  private final long start;
  private final TimeLeft timeLeft = new TimeLeft();
  private final Runnable leaveLine = this::leaveLine;
  private long shown;
  private int drawn;

  /**
   * Begins a bar.
   *
   * @param width the columns of the terminal that {@code err} is now; null if it is none
   * @param clock in nanoseconds
   */
  ProgressBar(PrintStream err, IntSupplier width, String task, LongSupplier clock) {
    this.err = err;
    this.width = width;
    this.task = task;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.shown = start;
    if (width != null) {
      // Ctrl-C: the shell's prompt belongs on a line of its own.
      ShutdownHooks.add(leaveLine);
    }
  }

  boolean isFor(String otherTask) {
    return task.equals(otherTask);
  }

  /** Shows progress, if the last time was long enough ago or this is the last step. */
  void update(long done, long total, String detail) {
    long now = clock.getAsLong();
    timeLeft.add(now, done);
    boolean due = now - shown >= (width != null ? REDRAW_NANOS : PLAIN_NANOS);
    if (!due && !(width != null && done == total)) {
      return;
    }
    shown = now;
    ProgressLine line =
        new ProgressLine(
            task, done, total, detail, (now - start) / 1e9, timeLeft.seconds(now, done, total));
    if (width == null) {
      err.println(line.plain());
    } else {
      // A line that fills the last column would go on in the next.
      draw(line, width.getAsInt() - 1);
    }
  }

  private synchronized void draw(ProgressLine line, int columns) {
    String text = line.drawn(columns);
    int left = Math.min(drawn, columns) - text.length();
    err.print("\r" + text + " ".repeat(Math.max(0, left)));
    err.flush();
    drawn = text.length();
  }

  /** Clears the line, so that what is printed next stands in its place. */
  void end() {
    if (width == null) {
      return;
    }
    if (!ShutdownHooks.remove(leaveLine)) {
      return; // The process is ending, and leaves the line.
    }
    synchronized (this) {
      if (drawn > 0) {
        err.print("\r" + " ".repeat(drawn) + "\r");
        err.flush();
      }
      drawn = 0;
    }
  }

  private synchronized void leaveLine() {
    if (drawn > 0) {
      err.println();
      drawn = 0;
    }
  }
}
