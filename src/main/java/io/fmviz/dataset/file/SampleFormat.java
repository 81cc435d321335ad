package io.fmviz.dataset.file;

/**
 * What a file says of its samples, where it isn't the usual eight bits in grey or colour.
 *
 * @param colors 1 for grey, 3 for red, green and blue; null where the decoder's own colours count
 * @param alpha the band that is alpha, counted from 0; -1 for none; null where the decoder's counts
 * @param isMultiplied whether colours are multiplied by alpha already
 * @param bits of a sample
 * @param kind of number
 * @param black the sample that is black; NaN where the file doesn't say
 * @param white likewise
 * @param isInverted whether small samples are light (TIFF's WhiteIsZero)
 * @param significant how many of the bits matter (PNG's sBIT); all where the file doesn't say
 */
public record SampleFormat(
    Integer colors,
    Integer alpha,
    boolean isMultiplied,
    int bits,
    Kind kind,
    double black,
    double white,
    boolean isInverted,
    int significant) {
  /** Kinds of numbers. */
  public enum Kind {
    UNSIGNED("integers"),
    SIGNED("integers with a sign"),
    FLOAT("floats");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** As it stands in "a TIFF of floats". */
    String title() {
      return title;
    }
  }

  /** A PNG's: colours and alpha are the decoder's. */
  static SampleFormat ofPng(int bits, int significant) {
    return new SampleFormat(
        null, null, false, bits, Kind.UNSIGNED, Double.NaN, Double.NaN, false, significant);
  }

  /** Whether what is black and white is known only once all samples are. */
  boolean needsRange() {
    return (kind == Kind.FLOAT && Double.isNaN(white)) || significant < bits;
  }

  /** Whether the JDK's decoder has a type for them: it makes zeros of 24 bits. */
  boolean isDecoded() {
    return kind == Kind.FLOAT ? bits == 32 || bits == 64 : bits <= 16 || bits == 32;
  }

  /** The smallest number of its kind; 0 for floats. */
  double least() {
    return kind == Kind.SIGNED ? -Math.scalb(1.0, bits - 1) : 0;
  }

  /** The largest number of its kind; 1 for floats. */
  double most() {
    return switch (kind) {
      case UNSIGNED -> Math.scalb(1.0, bits) - 1;
      case SIGNED -> Math.scalb(1.0, bits - 1) - 1;
      case FLOAT -> 1;
    };
  }
}
