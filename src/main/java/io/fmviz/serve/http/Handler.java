package io.fmviz.serve.http;

import java.io.IOException;

/** Makes responses, each on its connection's own thread. */
public interface Handler {
  /**
   * Answers.
   *
   * @throws Malformed if what follows the head breaks HTTP
   * @throws IOException if the other side is gone, or was too slow
   */
  Response handle(Request request) throws IOException;

  /**
   * What is said instead where that failed.
   *
   * @param e {@link Malformed}, or what was not expected, be it an Error
   */
  Response failed(Throwable e);
}
