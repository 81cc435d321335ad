package io.fmviz.library;

import io.fmviz.base.Settings;
import io.fmviz.pipeline.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a program's log what the command line would tell a person. */
final class LoggedProgress implements Progress {
  private static final Logger LOG = LoggerFactory.getLogger(FeatureExtractor.class);

  @Override
  public void note(String line) {
    LOG.info("{}", Settings.bare(line));
  }

  @Override
  public void warn(String line) {
    LOG.warn("{}", Settings.bare(line));
  }

  /** The caller gets the result itself. */
  @Override
  public void result(String line) {
    LOG.debug("{}", Settings.bare(line));
  }

  @Override
  public void step(String task, long done, long total, String detail) {
    LOG.trace("{}: {} of {}", task, done, total);
  }
}
