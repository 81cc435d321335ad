package io.fmviz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.pipeline.Machine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** What a command printed that ran inside the test's own process. */
public record Typed(int exit, String out, String err) {
  /** Runs a command; {@code $DIR} in its arguments stands for a folder. */
  public static Typed fmviz(Path folder, String... arguments) {
    return on(Machine.HERE, folder, arguments);
  }

  /** Likewise on a machine. */
  public static Typed on(Machine machine, Path folder, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Main.run(
            machine,
            new ResultStream(out, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Arguments(
                Arrays.stream(arguments)
                    .map(argument -> argument.replace("$DIR", folder.toString()))
                    .toList()));
    return new Typed(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs one command line, its words separated by blanks. */
  public static Typed fmviz(String line) {
    return fmviz(Path.of("."), line.strip().split(" ", -1));
  }

  /** The JSON object that a run which must succeed printed. */
  public JsonObject json() {
    assertThat(exit).as(err).isZero();
    assertThat(out).hasLineCount(1);
    return JsonParser.parseString(out).getAsJsonObject();
  }
}
