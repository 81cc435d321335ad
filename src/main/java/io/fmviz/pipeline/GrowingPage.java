package io.fmviz.pipeline;

import io.fmviz.base.OpenFile;
import io.fmviz.report.page.Page;

/** The page of a folder, written as what it shows is found; it appears when it has all of it. */
public final class GrowingPage implements AutoCloseable {
  private final OpenFile file;
  private final Page.Facts facts;

  /**
   * Begins it.
   *
   * @param head what stands before the rest
   */
  GrowingPage(OpenFile file, Page page, String title, Page.Body head) {
    this.file = file;
    this.facts = page.facts(file.stream());
    file.add(
        () -> {
          facts.begin(title);
          head.writeTo(facts);
        });
  }

  /** Adds what it shows, under an id of its own. */
  public void add(String id, Object shown) {
    file.add(() -> facts.json(id, shown));
  }

  void complete() {
    file.add(facts::end);
    file.complete();
  }

  @Override
  public void close() {
    file.close();
  }
}
