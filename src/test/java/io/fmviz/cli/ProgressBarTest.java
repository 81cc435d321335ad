package io.fmviz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long millis;

  /** A bar on a terminal of so many columns; on none, in a pipe. */
  private ProgressBar bar(Integer columns) {
    IntSupplier width = columns == null ? null : () -> columns;
    return new ProgressBar(err, width, "epoch 0", () -> millis * 1_000_000);
  }

  private String said() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Nothing is told before two steps; then the last ten seconds count. */
  @Test
  void tellsTheTimeLeftAtTheRateOfTheLastSeconds() {
    TimeLeft left = new TimeLeft();
    long second = 1_000_000_000L;
    left.add(0, 0);
    // The first step waits 30 seconds for the engine: by the mean 99 more would take 50 minutes.
    left.add(30 * second, 1);
    assertThat(left.seconds(30 * second, 1, 100)).isNaN();
    left.add(31 * second, 3);
    assertThat(left.seconds(31 * second, 3, 100)).isEqualTo(48.5);
    left.add(40 * second, 21);
    assertThat(left.seconds(40 * second, 21, 100)).isEqualTo(39.5);
    // Steps become five times as fast, and the slow ones pass out of the window.
    left.add(45 * second, 71);
    assertThat(left.seconds(45 * second, 71, 100)).isEqualTo(2.9);
    assertThat(left.seconds(46 * second, 100, 100)).isNaN();
  }

  @Test
  void redrawsItsLineOnATerminalAndClearsIt() {
    ProgressBar bar = bar(80);
    millis = 100;
    bar.update(500, 1000, "loss 0.5000");
    millis = 2100;
    bar.update(1000, 1000, "");
    bar.end();
    String half = "epoch 0 [############............] 500/1,000  loss 0.5000  0 s";
    String full = "epoch 0 [########################] 1,000/1,000  2 s";
    String padding = " ".repeat(half.length() - full.length());
    assertThat(said())
        .isEqualTo("\r" + half + "\r" + full + padding + "\r" + " ".repeat(full.length()) + "\r");
  }

  @Test
  void drawsAtMostTenTimesASecondButAlwaysTheEnd() {
    ProgressBar bar = bar(80);
    millis = 99;
    bar.update(1, 10, "");
    assertThat(said()).isEmpty();
    bar.update(10, 10, "");
    assertThat(said()).isEqualTo("\repoch 0 [########################] 10/10  0 s");
    bar.end();
  }

  @Test
  void printsAPlainLineEveryFiveSecondsInAPipe() {
    ProgressBar bar = bar(null);
    for (int step = 1; step <= 12; step++) {
      millis = step * 1000L;
      bar.update(step, 12, "loss 1.0000");
    }
    bar.end();
    assertThat(said().lines())
        .containsExactly(
            "epoch 0 5/12  loss 1.0000  5 s, 7 s left",
            "epoch 0 10/12  loss 1.0000  10 s, 2 s left");
  }

  @Test
  void neverWritesIntoTheLastColumn() {
    for (int columns = 1; columns <= 100; columns++) {
      bytes.reset();
      ProgressBar bar = bar(columns);
      millis += 100;
      bar.update(500, 1000, "loss 0.5000");
      millis += 100_000;
      bar.update(1000, 1000, "loss 0.5000");
      bar.end();
      int most = columns - 1;
      assertThat(said().split("\r", -1)).allMatch(line -> line.length() <= most);
    }
  }
}
