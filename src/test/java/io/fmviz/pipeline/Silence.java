package io.fmviz.pipeline;

/** Hears nothing of what a use case tells. */
final class Silence implements Progress {
  @Override
  public void note(String line) {}

  @Override
  public void warn(String line) {}

  @Override
  public void result(String line) {}

  @Override
  public void step(String task, long done, long total, String detail) {}
}
