package io.fmviz.serve.http;

/** What was sent is not HTTP, or more of it than is taken. */
public final class Malformed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  Malformed(int status, String line) {
    super(line, null, false, false);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
