package io.fmviz.pipeline;

import io.fmviz.base.FailureReport;
import io.fmviz.base.Settings;

/** Where a use case tells what it does. */
public interface Progress {
  /** In place of how many steps there are. */
  long UNKNOWN = 0;

  /** A line that can be done without. */
  void note(String line);

  /** A line that must not be missed. */
  void warn(String line);

  /**
   * A failure that nobody foresaw, and that what is done survives: a page asks for another thing.
   */
  default void failed(Throwable e) {
    warn(new FailureReport(e, false).line());
  }

  /** A line of the result, as soon as it is known. */
  void result(String line);

  /** A line of the result that only who asks for all of it gets. */
  default void detail(String line) {}

  /** A line that goes elsewhere, with settings by the names that people have for them. */
  default String named(String line) {
    return Settings.bare(line);
  }

  /**
   * A step of many was done.
   *
   * @param task what the steps belong to; another task begins a new bar
   * @param total {@link #UNKNOWN} where only time tells that there is progress
   * @param detail the news of this step
   */
  void step(String task, long done, long total, String detail);
}
