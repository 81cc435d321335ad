package io.fmviz.pipeline;

import io.fmviz.training.Evaluation;
import java.util.Locale;

/** How numbers are written for people, the same everywhere. */
final class Text {
  private Text() {}

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  /** {@code 1 thread}, {@code 2 threads}. */
  static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** {@code 93.66 % (9,366 of 10,000)}. */
  static String accuracy(Evaluation e) {
    return String.format(
        Locale.ROOT, "%.2f %% (%,d of %,d)", 100 * e.accuracy(), e.correct(), e.total());
  }
}
