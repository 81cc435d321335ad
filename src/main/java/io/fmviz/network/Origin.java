package io.fmviz.network;

/** What a network comes from, as results and manifests name it. */
public enum Origin {
  /** A file of parameters alone: fmviz knows the layers itself. */
  CHECKPOINT,
  /** What holds the layers too, a file or an object of a program's. */
  MODEL;

  /** What is told of a checkpoint; null of anything else. */
  public <T> T checkpoint(T facts) {
    return this == CHECKPOINT ? facts : null;
  }

  /** What is told of a model; null of anything else. */
  public <T> T model(T facts) {
    return this == MODEL ? facts : null;
  }
}
