package io.fmviz.dataset.photo;

import java.util.Locale;

/** Where a network's input has its channels. */
public enum Layout {
  /** {@code (picture, channel, row, column)}, as PyTorch has it. */
  NCHW,
  /** {@code (picture, row, column, channel)}, as TensorFlow has it. */
  NHWC;

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
