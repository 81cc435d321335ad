package io.fmviz.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.checkpoint.ModelFolder;
import io.fmviz.checkpoint.OptimizerFile;
import io.fmviz.jar.PackagedJar.Run;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.report.Manifest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the real process at random moments: every file is whole or not there, and what is resumed
 * ends with the bytes of what was never interrupted.
 */
class KilledIT {
  private static final int TRAIN_KILLS = 40;
  private static final int RERUN_KILLS = 40;
  private static final Map<String, String> ENGINE = PackagedJar.checkedEngine();

  @TempDir private Path folder;
  private final Random random = new Random(20);

  /** Tells whether a process has started on what can be cut short. */
  @FunctionalInterface
  private interface Sign {
    boolean isGiven() throws IOException;
  }

  /**
   * Kills a process a random while after a sign of it, or, one time in five, after its start.
   *
   * @return whether it was killed, rather than ended by itself before
   */
  private boolean killed(Sign atWork, int mostMillis, String... arguments) throws Exception {
    List<String> command =
        PackagedJar.command(PackagedJar.JAVA, PackagedJar.FILE.toAbsolutePath(), arguments);
    command.addAll(1, PackagedJar.QUICK);
    Path err = folder.resolve("err.txt");
    Process process = PackagedJar.start(folder, ENGINE, command, folder.resolve("out.txt"), err);
    try {
      boolean waits = random.nextInt(5) > 0;
      while (waits && process.isAlive() && !atWork.isGiven()) {
        Thread.sleep(2);
      }
      if (!process.waitFor(1 + random.nextLong(mostMillis), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
        return true;
      }
      assertThat(process.exitValue()).as(Files.readString(err)).isZero();
      return false;
    } finally {
      process.destroyForcibly();
    }
  }

  private static String[] train(String modelFolder, int epochs) {
    return new String[] {
      "train",
      "--resume",
      "--model-dir=" + modelFolder,
      "--epochs=" + epochs,
      "--dataset=synthetic",
      "--limit-train=192",
      "--limit-test=10",
      "--base-channels=16",
      "--seed=9",
      "--threads=1",
      "--quiet"
    };
  }

  @Test
  void trainingEndsWithTheSameBytesHoweverOftenItIsKilled() throws Exception {
    Path model = folder.resolve("killed");
    int inTraining = 0;
    for (int kills = 0; kills < TRAIN_KILLS; kills++) {
      int before = epochs(model);
      String said = kills % 2 == 0 ? "training on" : "epoch ";
      assertThat(killed(() -> isSaid(said), 400, train("killed", 100_000))).isTrue();
      assertEveryFileIsWhole(model);
      inTraining += epochs(model) > before ? 1 : 0;
    }
    int epochs = epochs(model) + 2;
    System.out.printf(
        "train: %d kills survived of %d, %d of them after new checkpoints, %d epochs%n",
        TRAIN_KILLS, TRAIN_KILLS, inTraining, epochs - 2);
    assertThat(inTraining).isGreaterThan(TRAIN_KILLS / 5);

    for (String name : List.of("killed", "straight")) {
      Run run = PackagedJar.run(folder, train(name, epochs));
      assertThat(run.exit()).as(run.err()).isZero();
    }
    Path straight = folder.resolve("straight");
    assertThat(PackagedJar.files(model)).isEqualTo(PackagedJar.files(straight));
    for (String file : PackagedJar.files(straight)) {
      if (!file.equals("train_log.jsonl")) {
        assertThat(model.resolve(file)).hasSameBinaryContentAs(straight.resolve(file));
      }
    }
    assertThat(log(model)).isEqualTo(log(straight)).hasSize(epochs);
  }

  private boolean isSaid(String text) throws IOException {
    return Files.readString(folder.resolve("out.txt")).contains(text);
  }

  private static int epochs(Path model) {
    return new ModelFolder(model).list().size();
  }

  private static void assertEveryFileIsWhole(Path model) throws IOException {
    ModelFolder models = new ModelFolder(model);
    List<Path> checkpoints = models.list();
    for (int epoch = 0; epoch < checkpoints.size(); epoch++) {
      assertThat(checkpoints.get(epoch)).isEqualTo(models.file(epoch));
      // Reading verifies the checksum.
      Checkpoint checkpoint = SavedClassifier.read(models.file(epoch)).checkpoint();
      if (epoch == checkpoints.size() - 1) {
        OptimizerFile.read(models.optimizerFile(epoch), checkpoint);
      }
    }
    if (!checkpoints.isEmpty()) {
      assertThat(log(model)).hasSizeBetween(checkpoints.size(), checkpoints.size() + 1);
    }
  }

  /** Without what is never twice the same: the folder, the time of day, how long things took. */
  private static List<String> log(Path model) throws IOException {
    return Files.readAllLines(model.resolve("train_log.jsonl")).stream()
        .map(
            line ->
                line.replaceAll("\"(time|checkpoint)\":\"[^\"]+\"", "")
                    .replaceAll("\"(testSeconds|seconds)\":[\\d.E-]+", ""))
        .toList();
  }

  /** A link to a folder that holds files of a person's; every other run has fewer pictures. */
  @Test
  void aRerunLosesNothingHoweverOftenItIsKilled() throws Exception {
    assertThat(PackagedJar.run(folder, train("save_model", 1)).exit()).isZero();
    String[] visualize = {
      "visualize", "--dataset=synthetic", "--samples=60", "--threads=1", "--quiet", "--out=killed"
    };
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path pictures = Files.createSymbolicLink(folder.resolve("killed"), Path.of("disk"));
    assertThat(PackagedJar.run(folder, visualize).exit()).isZero();
    List<Path> others =
        List.of(disk.resolve("notes.txt"), disk.resolve("1-0/mine.png"), disk.resolve(".hidden"));
    for (Path file : others) {
      Files.writeString(file, "mine");
    }
    int kills = 0;
    int begun = 0;
    while (kills < RERUN_KILLS) {
      visualize[2] = "--samples=" + (kills % 2 == 0 ? 36 : 60);
      FileTime earlier = written(pictures.resolve(Manifest.FILE));
      Sign begins = () -> !written(pictures.resolve(Manifest.FILE)).equals(earlier);
      if (killed(begins, 150, visualize)) {
        kills++;
        begun += isComplete(pictures) ? 0 : 1;
      }
      assertThat(pictures).isSymbolicLink();
      for (Path file : others) {
        assertThat(file).hasContent("mine");
      }
      assertTheManifestTellsWhatIsWhole(pictures);
    }
    System.out.printf(
        "visualize: %d kills survived of %d, %d of them while files were removed or written%n",
        kills, RERUN_KILLS, begun);
    assertThat(begun).isGreaterThan(RERUN_KILLS / 3);

    visualize[2] = "--samples=60";
    for (String out : List.of("killed", "straight")) {
      visualize[5] = "--out=" + out;
      Run run = PackagedJar.run(folder, visualize);
      assertThat(run.exit()).as(run.err()).isZero();
    }
    for (Path file : others) {
      Files.delete(file);
    }
    List<String> files = PackagedJar.files(folder.resolve("straight"));
    assertThat(files).hasSize(60 * (9 + 1) + 2);
    assertThat(PackagedJar.files(disk)).isEqualTo(files);
    for (String file : files) {
      assertThat(pictures.resolve(file))
          .hasSameBinaryContentAs(folder.resolve("straight").resolve(file));
    }
  }

  private static FileTime written(Path file) throws IOException {
    return Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
  }

  private static boolean isComplete(Path pictures) throws IOException {
    return JsonParser.parseString(Files.readString(pictures.resolve(Manifest.FILE)))
        .getAsJsonObject()
        .get("complete")
        .getAsBoolean();
  }

  /**
   * A complete one: all that it lists is there. Another: what is there of fmviz's is listed. And
   * what is listed and there is whole.
   */
  private static void assertTheManifestTellsWhatIsWhole(Path pictures) throws IOException {
    List<String> listed =
        Manifest.filesOf(new StringReader(Files.readString(pictures.resolve(Manifest.FILE))));
    List<String> there =
        PackagedJar.files(pictures.toRealPath()).stream()
            .filter(name -> !name.matches("(.*/)?(mine\\.png|manifest\\.json|notes\\.txt|\\..*)"))
            .toList();
    if (isComplete(pictures)) {
      assertThat(there).containsExactlyInAnyOrderElementsOf(listed);
    } else {
      assertThat(listed).containsAll(there);
    }
    for (String name : there) {
      Path file = pictures.resolve(name);
      if (name.endsWith(".png")) {
        assertThat(ImageIO.read(file.toFile())).as(name).isNotNull();
      } else {
        assertThat(Files.readString(file)).as(name).endsWith("</html>\n");
      }
    }
  }
}
