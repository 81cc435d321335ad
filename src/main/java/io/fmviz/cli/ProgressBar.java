package io.fmviz.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The progress of one task: on a terminal a line that is drawn over itself, elsewhere a plain line
 * now and then.
 */
final class ProgressBar {
  private static final int WIDTH = 24;
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final long PLAIN_NANOS = 5_000_000_000L;

  private final PrintStream err;
  private final boolean terminal;
  private final String task;
  private final LongSupplier clock;
  private final long start;
  private final Thread newlineAtExit = new Thread(this::leaveLine, "fmviz-leave-line");
  private long shown;
  private int drawn;

  /**
   * Begins a bar.
   *
   * @param terminal whether {@code err} is one
   * @param clock in nanoseconds
   */
  ProgressBar(PrintStream err, boolean terminal, String task, LongSupplier clock) {
    this.err = err;
    this.terminal = terminal;
    this.task = task;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.shown = start;
    if (terminal) {
      // Ctrl-C: the shell's prompt belongs on a line of its own.
      Runtime.getRuntime().addShutdownHook(newlineAtExit);
    }
  }

  boolean isFor(String otherTask) {
    return task.equals(otherTask);
  }

  /** Shows progress, if the last time was long enough ago or this is the last step. */
  void update(long done, long total, String detail) {
    long now = clock.getAsLong();
    boolean due = now - shown >= (terminal ? REDRAW_NANOS : PLAIN_NANOS);
    if (!due && !(terminal && done == total)) {
      return;
    }
    shown = now;
    String line =
        String.format(
            Locale.ROOT,
            "%s %s%,d/%,d  %s%.0f s",
            task,
            terminal ? drawing(done, total) : "",
            done,
            total,
            detail.isEmpty() ? "" : detail + "  ",
            (now - start) / 1e9);
    if (terminal) {
      draw(line);
    } else {
      err.println(line);
    }
  }

  private static String drawing(long done, long total) {
    int filled = (int) (WIDTH * done / total);
    return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] ";
  }

  private synchronized void draw(String line) {
    err.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
    err.flush();
    drawn = line.length();
  }

  /** Clears the line, so that what is printed next stands in its place. */
  void end() {
    if (!terminal) {
      return;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(newlineAtExit);
    } catch (IllegalStateException e) {
      return; // The process is ending, and the hook leaves the line.
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
