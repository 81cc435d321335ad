package io.fmviz.jar;

import io.fmviz.runtime.Torch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts the packaged jar as a user would: in a process of its own, from any folder. */
final class PackagedJar {
  static final Path FILE = Path.of(System.getProperty("fmviz.jar", "target/fmviz.jar"));
  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  /** A quick start: for tests that start processes by the hundred. */
  static final List<String> QUICK = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** What a finished process left: its exit code and its two streams. */
  record Run(int exit, String out, String err) {}

  private PackagedJar() {}

  /**
   * What tells a process where libtorch is. The jar compares what is there with its own, half a
   * second of hashing: enough if it is done once, where processes are started by the hundred and it
   * is something else that is tested.
   */
  static Map<String, String> checkedEngine() {
    Torch.start("cpu", 1);
    String folder = System.getProperty("PYTORCH_LIBRARY_PATH");
    return folder == null
        ? Map.of()
        : Map.of("PYTORCH_LIBRARY_PATH", folder, "PYTORCH_FLAVOR", "cpu");
  }

  static Run run(Path folder, String... arguments) throws IOException, InterruptedException {
    return run(folder, JAVA, Map.of(), arguments);
  }

  static Run run(Path folder, Path java, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return run(folder, environment, command(java, FILE, arguments));
  }

  static Run run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("fmviz-out", ".txt");
    Path err = Files.createTempFile("fmviz-err", ".txt");
    try {
      Process process = start(folder, environment, command, out, err);
      try {
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
          throw new AssertionError("not finished in three minutes: " + command);
        }
      } finally {
        process.destroyForcibly();
      }
      return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  static Process start(
      Path folder, Map<String, String> environment, List<String> command, Path out, Path err)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    // Options from outside announce themselves on standard error.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    return process;
  }

  static List<String> command(Path java, Path jar, String... arguments) {
    List<String> command = new ArrayList<>(List.of(java.toString(), "-jar", jar.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The file names below a folder, relative to it, sorted; without the locks. */
  static List<String> files(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths
          .filter(file -> Files.isRegularFile(file) && !file.endsWith(".fmviz.lock"))
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  /** Waits until a file holds a text. */
  static void await(Path file, String text) throws IOException, InterruptedException {
    for (int i = 0; i < 1200; i++) {
      if (Files.readString(file, StandardCharsets.UTF_8).contains(text)) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("never said \"" + text + "\": " + Files.readString(file));
  }
}
