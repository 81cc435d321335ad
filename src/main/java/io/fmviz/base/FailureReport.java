package io.fmviz.base;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * How people are told of a failure that nobody foresaw.
 *
 * @param traced whether they asked to be shown where it happened
 */
public record FailureReport(Throwable failure, boolean traced) {
  /** What happened, and how to see where; names settings as {@link Settings} says. */
  public String line() {
    if (failure instanceof OutOfMemoryError) {
      return "out of memory; give Java more with java -Xmx, or take smaller batches";
    }
    String message = failure.getMessage();
    String what =
        message == null
            ? failure.getClass().getSimpleName()
            : message.lines().findFirst().orElse("");
    return "unexpected: "
        + UserException.marked(what)
        + (traced ? "" : Settings.named("; {verbose} shows where"));
  }

  /** Where it happened, on many lines; empty unless that is asked for. */
  public String trace() {
    if (!traced) {
      return "";
    }
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
