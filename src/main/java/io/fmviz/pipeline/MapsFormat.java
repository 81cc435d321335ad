package io.fmviz.pipeline;

import java.util.Locale;

/** What kind of file maps go into. */
public enum MapsFormat {
  /** A picture for each layer. */
  PNG,
  /** The raw values of each layer, as a NumPy array. */
  NPY,
  /** The raw values of all layers of an image, as one NumPy archive. */
  NPZ;

  /** The name on the command line, and the ending of the files. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
