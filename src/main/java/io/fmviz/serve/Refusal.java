package io.fmviz.serve;

/** Why a request gets no answer: a status of HTTP's, and a line for people. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  Refusal(int status, String line) {
    super(line, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
