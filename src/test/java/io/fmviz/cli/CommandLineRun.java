package io.fmviz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.TorchFixture;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.checkpoint.CheckpointInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs commands as a user would type them, on the fixture's network and synthetic digits.
 *
 * @param out what a run printed on standard output
 * @param err what it printed on standard error
 */
record CommandLineRun(int exit, String out, String err) {
  /** The network of the fixture, as a checkpoint in a folder. */
  static Path checkpoint(Path folder, String name, String prefix) {
    Path file = folder.resolve(name + ".safetensors");
    Map<String, float[]> weights = new LinkedHashMap<>();
    TorchFixture.WIDTHS
        .parameterShapes()
        .forEach((tensor, shape) -> weights.put(tensor, TorchFixture.floats(prefix + tensor)));
    CheckpointInfo info =
        new CheckpointInfo(
            0, "synthetic", false, 12, 12, 7, 0.01f, 4, 12, 1, 2.3, 0.1, "0.0.0-test");
    Checkpoint.of(file, TorchFixture.WIDTHS, weights, info).write();
    return file;
  }

  /** Runs one command line, its words separated by blanks. */
  static CommandLineRun of(String words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Main.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            words.split(" "));
    return new CommandLineRun(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The JSON object that a run which must succeed printed. */
  JsonObject json() {
    assertThat(exit).as(err).isZero();
    assertThat(out).hasLineCount(1);
    return JsonParser.parseString(out).getAsJsonObject();
  }

  /** The files below a folder, by name. */
  static List<String> files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(f -> Files.isRegularFile(f) && !f.getFileName().toString().startsWith("."))
          .map(f -> folder.relativize(f).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  /** The manifest of a folder. */
  static JsonObject manifest(Path folder) throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve("manifest.json")))
        .getAsJsonObject();
  }
}
