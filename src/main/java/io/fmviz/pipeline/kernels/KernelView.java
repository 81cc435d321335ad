package io.fmviz.pipeline.kernels;

import io.fmviz.analysis.KernelReduction;
import java.util.Locale;

/** What is drawn of a convolution's kernels. */
public enum KernelView {
  /** Each pair of an output and an input channel. */
  NONE,
  /** For each output channel {@link KernelReduction#MEAN}. */
  MEAN,
  /** For each output channel {@link KernelReduction#MAX_ABS}. */
  MAX_ABS,
  /** For each output channel a coloured picture: the three input channels are red, green, blue. */
  RGB;

  /** How input channels become one; null where they don't. */
  KernelReduction reduction() {
    return switch (this) {
      case MEAN -> KernelReduction.MEAN;
      case MAX_ABS -> KernelReduction.MAX_ABS;
      case NONE, RGB -> null;
    };
  }

  /** The name on the command line: {@code max-abs}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
