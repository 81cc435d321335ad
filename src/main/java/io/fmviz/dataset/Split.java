package io.fmviz.dataset;

import java.util.Locale;

/** The two parts of a dataset. */
public enum Split {
  TRAIN,
  TEST;

  /** The name on the command line: {@code train}, {@code test}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
