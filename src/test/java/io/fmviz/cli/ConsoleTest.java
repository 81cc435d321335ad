package io.fmviz.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.base.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Console console(boolean verbose) {
    return new Console(
        new ResultStream(out, UTF_8), new PrintStream(err, true, UTF_8), false, false, verbose);
  }

  /** Names of files may hold the ends of lines, and a terminal's commands. */
  @Test
  void keepsEachLineOneLine() {
    Console console = console(false);
    console.result("b\nc.png: predicted 7");
    console.note("\u001b[2J.png");
    console.warn(Settings.named("a\r\u0085b\u2028c: see {data}"));
    String end = System.lineSeparator();
    assertThat(out.toString(UTF_8)).isEqualTo("b?c.png: predicted 7" + end);
    assertThat(err.toString(UTF_8))
        .isEqualTo("?[2J.png" + end + "fmviz: WARNING: a??b?c: see --data" + end);
  }

  @Test
  void aFailureThatIsSurvivedIsOneLineAndWhereItHappenedIfThatIsAskedFor() {
    IllegalStateException failure = new IllegalStateException("a fault\nof two lines");
    String end = System.lineSeparator();
    console(false).failed(failure);
    assertThat(err.toString(UTF_8))
        .isEqualTo("fmviz: WARNING: unexpected: a fault; --verbose shows where" + end);
    err.reset();
    console(true).failed(failure);
    assertThat(err.toString(UTF_8))
        .startsWith(
            "fmviz: WARNING: unexpected: a fault"
                + end
                + "java.lang.IllegalStateException: a fault\nof two lines"
                + end
                + "\tat io.fmviz.cli.ConsoleTest.");
  }
}
