package io.fmviz.pipeline;

import java.util.ArrayList;
import java.util.List;

/** Keeps results, and warnings as such; notes and steps are gone. */
public record RecordedProgress(List<String> lines) implements Progress {
  public RecordedProgress() {
    this(new ArrayList<>());
  }

  @Override
  public void note(String line) {}

  @Override
  public void warn(String line) {
    lines.add("warning: " + line);
  }

  @Override
  public void result(String line) {
    lines.add(line);
  }

  @Override
  public void step(String task, long done, long total, String detail) {}
}
