package io.fmviz.dataset.file;

import io.fmviz.base.Numbers;
import java.io.IOException;
import java.util.Locale;

/**
 * How samples become bytes: from black to white as the file says it (TIFF's BitsPerSample,
 * SMinSampleValue and SMaxSampleValue, PNG's sBIT). Floats that it says nothing of are from 0 to 1,
 * or to 255, or as they are: each but the first is a guess.
 */
public final class Levels {
  private static final int BYTE = 255;

  /** A picture whose samples fill less of what they could is doubted. */
  private static final double FULL = 0.25;

  private final SampleFormat format;
  private final double black;
  private final double white;

  /** Why they are a guess; null if they are none. */
  private final String guess;

  private final SampleRange seen = new SampleRange();

  /** Of how many bits the upper eight are kept, as Pillow does; 0 for none. */
  private final int bits;

  private Levels(SampleFormat format, double black, double white, String guess) {
    this.format = format;
    this.black = black;
    this.white = white;
    this.guess = guess;
    this.bits = Math.max(0, Math.getExponent(white - black + 1));
  }

  /**
   * The levels of a picture. It is decoded once more where they follow from all its samples.
   *
   * @param format what its file says
   */
  public static Levels of(SampleFormat format, PictureParts parts) throws IOException {
    SampleRange range = new SampleRange();
    if (format.needsRange()) {
      parts.each((top, part) -> new Samples(part, format).addTo(range));
    }
    return of(format, range);
  }

  /** The same, of samples in a range that counts only if {@link SampleFormat#needsRange}. */
  static Levels of(SampleFormat format, SampleRange range) {
    if (format.kind() == SampleFormat.Kind.FLOAT && Double.isNaN(format.white())) {
      return ofFloats(format, range);
    }
    if (format.significant() < format.bits()
        && range.most() < Math.scalb(1.0, format.significant())
        && !range.hasZeros(format.bits() - format.significant())) {
      // The standard has them stretched to all bits. Who writes them as they are says it in sBIT.
      return new Levels(format, 0, Math.scalb(1.0, format.significant()) - 1, null);
    }
    double black = Double.isNaN(format.black()) ? format.least() : format.black();
    double white = Double.isNaN(format.white()) ? format.most() : format.white();
    return white > black
        ? new Levels(format, black, white, null)
        : new Levels(format, format.least(), format.most(), null);
  }

  private static Levels ofFloats(SampleFormat format, SampleRange range) {
    boolean isSaid = !Double.isNaN(format.black());
    if (range.isEmpty() || (!isSaid && range.least() >= 0 && range.most() <= 1)) {
      return new Levels(format, 0, 1, null);
    }
    if (!isSaid && range.least() >= 0 && range.most() <= BYTE) {
      return new Levels(
          format,
          0,
          BYTE,
          "has floats up to %s and does not say which is white: 255 was taken"
              .formatted(text(range.most())));
    }
    double black = isSaid ? format.black() : range.least();
    return new Levels(
        format,
        black,
        range.most() > black ? range.most() : black + 1,
        "has floats from %s to %s and does not say which are black and white: these were taken"
            .formatted(text(range.least()), text(range.most())));
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : Numbers.significant(value);
  }

  /** A sample's light, from 0 to 1. One that is no number has none. */
  public float share(double sample) {
    seen.add(sample);
    double share = Math.max(0, Math.min(1, (sample - black) / (white - black)));
    double light = Double.isNaN(share) ? 0 : share;
    return (float) (format.isInverted() ? 1 - light : light);
  }

  /** The same as a byte: of whole bits the upper eight, else the nearest. */
  public int eightBits(double sample) {
    seen.add(sample);
    int light = unturned(sample);
    return format.isInverted() ? BYTE - light : light;
  }

  private int unturned(double sample) {
    if (Double.isNaN(sample)) {
      return 0;
    }
    double above = Math.max(0, Math.min(white - black, sample - black));
    boolean isWhole =
        format.kind() != SampleFormat.Kind.FLOAT
            && bits >= 8
            && white - black + 1 == Math.scalb(1.0, bits);
    return isWhole
        ? (int) (((long) above) >>> (bits - 8))
        : (int) (BYTE * above / (white - black) + 0.5);
  }

  /** Alpha as a byte: it goes over all of its kind. */
  public int alpha(double sample) {
    double share = (sample - format.least()) / (format.most() - format.least());
    return format.kind() != SampleFormat.Kind.FLOAT && format.bits() >= 8
        ? (int) (((long) (sample - format.least())) >>> (format.bits() - 8))
        : (int) (BYTE * Math.max(0, Math.min(1, Double.isNaN(share) ? 1 : share)) + 0.5);
  }

  /** What makes the samples that were asked for doubtful, behind "it"; null for nothing. */
  public String doubt() {
    return doubt(seen);
  }

  private String doubt(SampleRange range) {
    if (guess != null) {
      return guess;
    }
    boolean isAll = black == format.least() && white == format.most();
    if (range.isEmpty() || !isAll || format.kind() == SampleFormat.Kind.FLOAT) {
      return null;
    }
    if (format.kind() == SampleFormat.Kind.SIGNED) {
      return range.most() - range.least() >= FULL * (white - black)
          ? null
          : "comes out nearly of one grey: its samples are from %s to %s, and those of %d bits from %s to %s"
              .formatted(
                  text(range.least()), text(range.most()), format.bits(), text(black), text(white));
    }
    return format.bits() <= 8 || range.most() >= FULL * white
        ? null
        : "comes out %s: its samples go up to %s of %s, as if they had %d of its %d bits"
            .formatted(
                format.isInverted() ? "nearly white" : "dark",
                text(range.most()),
                text(white),
                Math.max(1, Math.getExponent(range.most()) + 1),
                format.bits());
  }
}
