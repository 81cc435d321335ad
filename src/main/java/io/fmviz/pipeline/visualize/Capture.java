package io.fmviz.pipeline.visualize;

import java.util.Locale;

/** Which side of a layer to look at. */
public enum Capture {
  OUTPUT,
  INPUT;

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
