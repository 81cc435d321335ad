package io.fmviz.cli;

import java.util.List;
import java.util.Locale;

/**
 * How far a task is, in one line: {@code epoch 0 500/1,000 loss 0.5000 12 s, 12 s left}.
 *
 * @param total 0 where it isn't known: then the time stands alone
 * @param detail the news of the last step; empty if there is none
 * @param seconds since the task began
 * @param left seconds until it ends; NaN where that isn't known
 */
record ProgressLine(
    String task, long done, long total, String detail, double seconds, double left) {
  /** The longest bar and the shortest, in columns. */
  private static final int BAR = 24;

  private static final int SHORTEST_BAR = 6;

  /** The columns that a bar's ends and the blank behind it take. */
  private static final int AROUND_BAR = 3;

  /** Without a bar. */
  String plain() {
    return line("", detail, time());
  }

  /**
   * With a bar, in so many columns at most. Where they don't suffice, the bar becomes shorter; then
   * the news is left out, the bar, the time left, and in the end what doesn't fit.
   */
  String drawn(int columns) {
    for (String news : total == 0 ? List.<String>of() : List.of(detail, "")) {
      int room = columns - line("", news, time()).length() - AROUND_BAR;
      if (room >= SHORTEST_BAR) {
        return line(bar(Math.min(BAR, room)), news, time());
      }
    }
    for (String time : List.of(time(), duration(seconds))) {
      String line = line("", "", time);
      if (line.length() <= columns) {
        return line;
      }
    }
    String line = line("", "", duration(seconds));
    return line.substring(0, Math.max(0, Math.min(columns, line.length())));
  }

  private String line(String bar, String news, String time) {
    String count = total == 0 ? "" : String.format(Locale.ROOT, " %s%,d/%,d", bar, done, total);
    return task + count + "  " + (news.isEmpty() ? "" : news + "  ") + time;
  }

  private String bar(int width) {
    int filled = (int) (width * done / total);
    return "[" + "#".repeat(filled) + ".".repeat(width - filled) + "] ";
  }

  /** So far, and until the end. */
  private String time() {
    return Double.isNaN(left)
        ? duration(seconds)
        : duration(seconds) + ", " + duration(left) + " left";
  }

  /** {@code 42 s}, {@code 3 min 05 s}, {@code 2 h 10 min}. */
  static String duration(double seconds) {
    long s = Math.round(seconds);
    if (s < 60) {
      return s + " s";
    }
    return s < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", s / 60, s % 60)
        : String.format(Locale.ROOT, "%d h %02d min", s / 3600, s % 3600 / 60);
  }
}
