package io.fmviz.serve;

import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.pipeline.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the terminal what went wrong inside, in one line; the page only hears that something did.
 * Where it happened is shown with {@code --verbose}.
 */
record Faults(Progress progress) {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  /** A line for the page, with settings by the names that people have for them. */
  String line(String line) {
    return UserException.oneLine(progress.named(line));
  }

  void tell(Throwable e) {
    String line = UserException.oneLine(e.toString());
    progress.warn(
        "unexpected: "
            + line
            + (LOG.isDebugEnabled() ? "" : Settings.named("; {verbose} shows where")));
    LOG.debug("It happened here", e);
  }
}
