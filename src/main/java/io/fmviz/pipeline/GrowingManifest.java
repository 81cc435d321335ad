package io.fmviz.pipeline;

import io.fmviz.base.OpenFile;
import io.fmviz.report.GrowingJson;
import io.fmviz.report.Manifest;

/** A manifest whose details are written as they are found; it appears when all files are there. */
public final class GrowingManifest implements AutoCloseable {
  private final OpenFile file;
  private final GrowingJson json;

  GrowingManifest(OpenFile file, Manifest manifest) {
    this.file = file;
    this.json = new GrowingJson(manifest, "details", file.stream());
    file.add(json::begin);
  }

  /** Adds to the details. */
  public void add(Record detail) {
    file.add(() -> json.add(detail));
  }

  void complete() {
    file.add(json::end);
    file.complete();
  }

  @Override
  public void close() {
    file.close();
  }
}
