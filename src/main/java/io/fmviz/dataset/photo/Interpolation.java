package io.fmviz.dataset.photo;

import java.util.Locale;
import java.util.Optional;

/** How a picture is scaled, with Pillow's filters (Resample.c). */
public enum Interpolation {
  BILINEAR(2, 1),
  BICUBIC(3, 2),
  NEAREST(0, 0),
  LANCZOS(1, 3),
  BOX(4, 0.5),
  HAMMING(5, 1);

  private final int number;
  private final double support;

  Interpolation(int number, double support) {
    this.number = number;
    this.support = support;
  }

  /** The one that Pillow gives a number, which settings of transformers name. */
  static Optional<Interpolation> of(double number) {
    for (Interpolation each : values()) {
      if (each.number == number) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** How far from a place others go into it, in places of the larger side. */
  double support() {
    return support;
  }

  /** How much one at a distance counts, before all are made to add up to 1. */
  double weight(double x) {
    double distance = Math.abs(x);
    return switch (this) {
      case NEAREST, BOX -> x > -0.5 && x <= 0.5 ? 1 : 0;
      case BILINEAR -> distance < 1 ? 1 - distance : 0;
      case HAMMING ->
          distance == 0
              ? 1
              : distance < 1 ? sinc(distance) * (0.54 + 0.46 * Math.cos(distance * Math.PI)) : 0;
      case BICUBIC -> cubic(distance);
      case LANCZOS -> x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
    };
  }

  private static double cubic(double x) {
    double a = -0.5;
    if (x < 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
