package io.fmviz.pipeline;

import io.fmviz.report.Json;

/** What a use case came to; a record of facts. */
public interface Result {
  /** The facts as one JSON object on one line. */
  default String toJson() {
    return Json.line(this);
  }

  /** Why the command has failed though it ran to its end, in one line; null if it hasn't. */
  default String failure() {
    return null;
  }
}
