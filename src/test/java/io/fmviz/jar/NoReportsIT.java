package io.fmviz.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.jar.PackagedJar.Run;
import io.fmviz.network.onnx.OnnxFuzzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime would leave an identifier of the machine in the user's home, and send reports. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the places of a home are Linux's here")
class NoReportsIT {
  @TempDir private Path folder;

  @Test
  void onlyTheEngineItselfIsLeftInTheHome() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.write(folder.resolve("net.onnx"), OnnxFuzzer.seeds().get(0));
    List<String> command =
        PackagedJar.command(
            PackagedJar.JAVA, PackagedJar.FILE.toAbsolutePath(), "summary", "--model=net.onnx");
    command.add(1, "-Duser.home=" + home);
    Map<String, String> environment =
        Map.of("HOME", home.toString(), "XDG_CACHE_HOME", home.resolve(".cache").toString());
    Run run = PackagedJar.run(folder, environment, command);
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(folders(home.resolve(".cache"))).contains("fmviz").isSubsetOf("fmviz", "JNA");
  }

  private static List<String> folders(Path cache) throws IOException {
    try (Stream<Path> entries = Files.list(cache)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}
