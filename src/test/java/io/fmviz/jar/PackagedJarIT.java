package io.fmviz.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.jar.PackagedJar.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackagedJarIT {
  private static final List<String> LAYERS =
      List.of(
          "AdaptiveAvgPool2d_1",
          "Conv2d_1",
          "Conv2d_2",
          "Conv2d_3",
          "MaxPool2d_1",
          "MaxPool2d_2",
          "ReLU_1",
          "ReLU_2",
          "ReLU_3");

  @TempDir private static Path trained;
  private static Run run;

  /** The whole job, with a copy of the jar that lies elsewhere, in a country that writes 93.962. */
  @BeforeAll
  static void runTheWholeJob() throws Exception {
    Path elsewhere = Files.createDirectory(trained.resolve("elsewhere"));
    Path copy = Files.copy(PackagedJar.FILE, elsewhere.resolve("fmviz.jar"));
    String[] arguments = {
      "run",
      "--dataset=synthetic",
      "--seed=1",
      "--limit-train=640",
      "--limit-test=100",
      "--samples=2",
      "--threads=1"
    };
    List<String> command = PackagedJar.command(PackagedJar.JAVA, copy, arguments);
    command.add(1, "-Duser.language=de");
    run = PackagedJar.run(trained, Map.of(), command);
    Files.delete(copy);
    Files.delete(elsewhere);
  }

  @Test
  void trainsAndVisualizesInAFolderOfTheUsers() throws IOException {
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines().map(line -> line.replaceAll("\\d+\\.\\d+", "#")))
        .containsExactly(
            "training on synthetic (640 images, tested with 100), 93,962 parameters, seed 1, cpu"
                + " with 1 thread",
            "epoch 0: mean loss #, # s, test accuracy # % ("
                + run.out().replaceAll("(?s).*% \\((\\d+) of.*", "$1")
                + " of 100) -> "
                + Path.of("save_model", "epoch_0.safetensors"),
            "total time # s",
            "18 pictures of 2 images of synthetic in save_image, # s; look at "
                + Path.of("save_image", "index.html"));
    assertThat(run.err().lines())
        .filteredOn(line -> !line.matches("(epoch \\d+|pictures) \\d.* s( left)?"))
        .containsExactly(
            "6 pictures are equal to another of the same image, such as ReLU_1.png to Conv2d_1.png: 0"
                + " and less is black, 1 and more is white; --normalize layer shows the difference");
    List<String> files = new ArrayList<>();
    for (String image : List.of("1-0", "2-3")) {
      LAYERS.forEach(l -> files.add("save_image/" + image + "/" + l + ".png"));
      files.add("save_image/" + image + "/index.html");
    }
    files.add("save_image/index.html");
    files.add("save_image/manifest.json");
    files.add("save_model/epoch_0.optimizer.safetensors");
    files.add("save_model/epoch_0.safetensors");
    files.add("save_model/train_log.jsonl");
    assertThat(PackagedJar.files(trained)).containsExactlyElementsOf(files);
  }

  static List<Path> jdks() throws IOException {
    Path home = Path.of(System.getProperty("java.home")).toRealPath();
    try (var siblings = Files.list(home.getParent())) {
      return Stream.concat(
              Stream.of(PackagedJar.JAVA),
              siblings
                  .filter(jdk -> !Files.isSymbolicLink(jdk) && !jdk.equals(home))
                  .map(jdk -> jdk.resolve("bin/java"))
                  .filter(Files::isExecutable))
          .toList();
    }
  }

  /** On every JDK that is installed beside the one that runs the tests. */
  @ParameterizedTest
  @MethodSource("jdks")
  void printsOneJsonObjectAndNoWarningOnAnyJdk(Path java) throws Exception {
    Run evaluated =
        PackagedJar.run(
            trained,
            java,
            Map.of(),
            "evaluate",
            "--dataset=synthetic",
            "--limit-test=100",
            "--json",
            "--quiet");
    assertThat(evaluated.err()).isEmpty();
    assertThat(evaluated.exit()).isZero();
    JsonObject result = JsonParser.parseString(evaluated.out()).getAsJsonObject();
    assertThat(run.out()).contains("(" + result.get("correct").getAsInt() + " of 100)");
    assertThat(result.get("total").getAsInt()).isEqualTo(100);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no ulimit")
  void keepsWhatIsThereWhenTheDiskIsFull(@TempDir Path folder) throws Exception {
    Path model = Files.createDirectory(folder.resolve("save_model"));
    Path kept =
        Files.copy(
            trained.resolve("save_model/epoch_0.safetensors"),
            model.resolve("epoch_0.safetensors"));
    Path jar = PackagedJar.FILE.toAbsolutePath();
    // No file may grow beyond 100 KiB; a checkpoint has 376, what a resume needs twice that.
    List<String> limited =
        List.of(
            "bash",
            "-c",
            "ulimit -f 100; exec \"$@\"",
            "bash",
            PackagedJar.JAVA.toString(),
            "-jar",
            jar.toString(),
            "train",
            "--dataset=synthetic",
            "--limit-train=64",
            "--limit-test=64",
            "--quiet");
    Run failed = PackagedJar.run(folder, Map.of(), limited);
    assertThat(failed.err())
        .isEqualTo(
            "fmviz: cannot write save_model/epoch_0.optimizer.safetensors: File too large"
                + System.lineSeparator());
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(PackagedJar.files(folder)).containsExactly("save_model/epoch_0.safetensors");
    assertThat(kept).hasSameBinaryContentAs(trained.resolve("save_model/epoch_0.safetensors"));
  }

  @Test
  void saysSoWhenTheEnginesCacheCannotBeWritten(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("cache"), "a file, no folder");
    Run failed =
        PackagedJar.run(
            trained,
            PackagedJar.JAVA,
            Map.of("DJL_CACHE_DIR", file.toString()),
            "evaluate",
            "--dataset=synthetic");
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err())
        .startsWith("fmviz: the PyTorch engine can't be started from its cache folder " + file)
        .endsWith("; set DJL_CACHE_DIR to a folder that can be written" + System.lineSeparator())
        .hasLineCount(1);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGINT to send")
  void endsAtOnceOnCtrlCAndLeavesNoPartialFile(@TempDir Path folder) throws Exception {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    List<String> command =
        Interrupt.heeded(
            PackagedJar.command(
                PackagedJar.JAVA,
                PackagedJar.FILE.toAbsolutePath(),
                "train",
                "--dataset=synthetic",
                "--epochs=100",
                "--limit-train=64",
                "--limit-test=10"));
    Process process = PackagedJar.start(folder, Map.of(), command, out, err);
    PackagedJar.await(out, "epoch 1");
    int sent = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(sent).isZero();
    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(PackagedJar.files(folder.resolve("save_model")))
        .contains("epoch_0.safetensors", "epoch_1.safetensors", "train_log.jsonl")
        .allMatch(
            name -> name.matches("epoch_\\d+(\\.optimizer)?\\.safetensors|train_log\\.jsonl"));
    assertThat(Files.readString(err)).doesNotContain("fmviz:", "Exception");
  }

  @Test
  void answersWrongUsageWithExitCode2(@TempDir Path folder) throws Exception {
    Run failed = PackagedJar.run(folder, "visualize", "--samples", "0");
    assertThat(failed.exit()).isEqualTo(2);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err()).startsWith("fmviz: ").contains("--samples").contains("0");
    assertThat(PackagedJar.files(folder)).isEmpty();
  }
}
