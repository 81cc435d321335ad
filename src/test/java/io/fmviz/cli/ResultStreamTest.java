package io.fmviz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.pipeline.Machine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultStreamTest {
  /** Runs a command line whose output can't be written. */
  private static Typed fmviz(String line, String reason) {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(reason);
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Main.run(
            Machine.HERE,
            new ResultStream(full, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Arguments.of(line.split(" ", -1)));
    return new Typed(exit, "", err.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "summary --quiet",
        "summary --json --quiet",
        "--help",
        "summary --quiet --help",
        "help top",
        "--version",
        "generate-completion",
        "visualize --help"
      })
  void resultsThatCannotBeWrittenAreAFailure(String line) {
    assertThat(fmviz(line, "No space left on device"))
        .isEqualTo(
            new Typed(
                1,
                "",
                "fmviz: cannot write standard output: No space left on device"
                    + System.lineSeparator()));
    assertThat(fmviz(line, "Broken pipe")).isEqualTo(new Typed(1, "", ""));
  }

  @Test
  void wrongUsageStaysWrongUsage() {
    assertThat(fmviz("summary --what", "No space left on device").exit()).isEqualTo(2);
  }

  @Test
  void whatWasPrintedBeforeIsWritten() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ResultStream out = new ResultStream(bytes, StandardCharsets.ISO_8859_1);
    out.print("\u00dc");
    assertThat(out.failure()).isNull();
    assertThat(bytes.toByteArray()).containsExactly(0xdc);
  }
}
