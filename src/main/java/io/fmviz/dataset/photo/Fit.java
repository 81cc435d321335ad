package io.fmviz.dataset.photo;

import java.util.Locale;

/** How a picture of any size is brought to the size that a network takes. */
public enum Fit {
  /**
   * Scaled until both sides cover what is wanted, with a margin, of which the middle is cut out.
   */
  CROP,
  /** Scaled to the size, whatever becomes of its shape. */
  STRETCH,
  /** Scaled until it lies within the size, in the middle of grey. */
  LETTERBOX,
  /** Strokes are found in it and brought into the form of MNIST's digits. */
  DIGIT;

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
