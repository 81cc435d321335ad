package io.fmviz.dataset.photo;

import java.util.Locale;

/** How a picture is scaled. */
public enum Interpolation {
  BILINEAR,
  BICUBIC,
  NEAREST;

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
