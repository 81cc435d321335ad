package io.fmviz.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fmviz.jar.PackagedJar.Run;
import io.fmviz.network.torch.SavedClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Disks that fill up, folders that can't be written, other things where a file should be. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has other disks and no such links")
class StorageIT {
  private static final String END = System.lineSeparator();

  @TempDir private Path folder;

  private static String[] train(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--dataset=synthetic",
                "--limit-train=64",
                "--limit-test=16",
                "--seed=3",
                "--threads=1"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private static void assertFailed(Run run, String line) {
    assertThat(run.err()).isEqualTo("fmviz: " + line + END);
    assertThat(run.exit()).isEqualTo(1);
  }

  private static boolean done(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  @Test
  void keepsEarlierEpochsOnAFullDiskAndGoesOnWhenThereIsRoom() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("save_model"));
    // A checkpoint has 376 KiB, what a resume needs 738: the second epoch's fit only in part.
    assumeTrue(
        done("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()),
        "only root may mount a disk");
    try {
      Run full = PackagedJar.run(folder, train("--epochs=3", "--quiet"));
      assertFailed(full, "cannot write save_model/epoch_1.safetensors: No space left on device");
      assertThat(PackagedJar.files(disk))
          .containsExactly(
              "epoch_0.optimizer.safetensors",
              "epoch_0.safetensors",
              "epoch_1.optimizer.safetensors",
              "train_log.jsonl");
      assertThat(SavedClassifier.read(disk.resolve("epoch_0.safetensors")).metadata())
          .containsEntry("epoch", "0");
      assertThat(done("mount", "-o", "remount,size=16m", disk.toString())).isTrue();
      Run resumed =
          PackagedJar.run(folder, "train", "--resume", "--epochs=3", "--quiet", "--threads=1");
      assertThat(resumed.exit()).as(resumed.err()).isZero();
      Path straight = folder.resolve("straight");
      assertThat(
              PackagedJar.run(folder, train("--epochs=3", "--quiet", "--model-dir=straight"))
                  .exit())
          .isZero();
      assertThat(disk.resolve("epoch_2.safetensors"))
          .hasSameBinaryContentAs(straight.resolve("epoch_2.safetensors"));
      assertThat(Files.readAllLines(disk.resolve("train_log.jsonl"))).hasSize(3);
    } finally {
      assertThat(done("umount", disk.toString())).isTrue();
    }
  }

  @Test
  void endsWithOneLineWhenTheFolderTurnsReadOnly() throws Exception {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Path model = folder.resolve("save_model");
    List<String> command =
        PackagedJar.command(
            PackagedJar.JAVA,
            PackagedJar.FILE.toAbsolutePath(),
            train("--epochs=10000", "--quiet"));
    Process process = PackagedJar.start(folder, Map.of(), command, out, err);
    try {
      PackagedJar.await(out, "epoch 0");
      setReadOnly(model, true);
      assertThat(process.waitFor()).isEqualTo(1);
    } finally {
      process.destroyForcibly();
      setReadOnly(model, false);
    }
    assertThat(Files.readString(err)).startsWith("fmviz: cannot write save_model/").hasLineCount(1);
    assertThat(SavedClassifier.read(model.resolve("epoch_0.safetensors")).metadata())
        .containsEntry("epoch", "0");
    Run resumed = PackagedJar.run(folder, "train", "--resume", "--epochs=1", "--quiet");
    assertThat(resumed.exit()).as(resumed.err()).isZero();
  }

  /** Permissions do not hold root back, but an immutable folder does. */
  private static void setReadOnly(Path model, boolean readOnly) throws Exception {
    if ("root".equals(System.getProperty("user.name"))) {
      assertThat(done("chattr", readOnly ? "+i" : "-i", model.toString())).isTrue();
    } else {
      assertThat(model.toFile().setWritable(!readOnly)).isTrue();
    }
  }

  @Test
  void refusesAFileInPlaceOfTheModelFolder() throws Exception {
    Path file = Files.writeString(folder.resolve("save_model"), "a file");
    assertFailed(
        PackagedJar.run(folder, train("--quiet")),
        "cannot write save_model: a file of that name is in the way");
    assertThat(file).hasContent("a file");
  }

  @Test
  void refusesAFolderInPlaceOfACheckpoint() throws Exception {
    Path in = Files.createDirectories(folder.resolve("save_model/epoch_0.safetensors/mine"));
    assertFailed(
        PackagedJar.run(folder, train("--quiet")),
        "cannot write save_model/epoch_0.safetensors: Is a directory");
    assertThat(in).isDirectory();
  }

  @Test
  void refusesASymbolicLinkInPlaceOfACheckpoint() throws Exception {
    Path elsewhere = Files.writeString(folder.resolve("precious"), "precious");
    Path model = Files.createDirectory(folder.resolve("save_model"));
    Path link = Files.createSymbolicLink(model.resolve("epoch_0.safetensors"), elsewhere);
    assertFailed(
        PackagedJar.run(folder, train("--quiet")),
        "cannot write save_model/epoch_0.safetensors: it is a symbolic link, and the file would take"
            + " its place; move the link away");
    assertThat(link).isSymbolicLink();
    assertThat(elsewhere).hasContent("precious");
  }

  @Test
  void leavesAModelFolderToTheProcessThatHasItUntilThatOneEnds() throws Exception {
    Path out = folder.resolve("out.txt");
    List<String> command =
        PackagedJar.command(
            PackagedJar.JAVA, PackagedJar.FILE.toAbsolutePath(), train("--epochs=10000"));
    Process first = PackagedJar.start(folder, Map.of(), command, out, folder.resolve("err.txt"));
    try {
      PackagedJar.await(out, "epoch 0");
      Run second = PackagedJar.run(folder, train("--quiet"));
      assertFailed(
          second,
          "another fmviz is writing into save_model: wait until it has finished, or name another"
              + " folder");
      assertThat(first.isAlive()).isTrue();
    } finally {
      first.destroyForcibly().waitFor();
    }
    assertThat(PackagedJar.run(folder, train("--quiet")).exit()).isZero();
  }

  @Test
  void leavesAnOutputFolderToTheProcessThatHasIt() throws Exception {
    assertThat(PackagedJar.run(folder, train("--quiet")).exit()).isZero();
    Path out = folder.resolve("out.txt");
    String[] visualize = {"visualize", "--dataset=synthetic", "--samples=2000", "--quiet"};
    List<String> command =
        PackagedJar.command(PackagedJar.JAVA, PackagedJar.FILE.toAbsolutePath(), visualize);
    Process first = PackagedJar.start(folder, Map.of(), command, out, folder.resolve("err.txt"));
    try {
      awaitFile(folder.resolve("save_image/1-0/Conv2d_1.png"));
      assertFailed(
          PackagedJar.run(folder, visualize),
          "another fmviz is writing into save_image: wait until it has finished, or name another"
              + " folder");
    } finally {
      first.destroyForcibly().waitFor();
    }
    visualize[2] = "--samples=2";
    assertThat(PackagedJar.run(folder, visualize).exit()).isZero();
    assertThat(PackagedJar.files(folder.resolve("save_image"))).hasSize(2 * (9 + 1) + 2);
  }

  private static String[] kernels(String out) {
    return new String[] {"kernels", "--checkpoint=save_model/epoch_0", "--quiet", "--out=" + out};
  }

  private void assertKernelsRuns(String out) throws Exception {
    for (int i = 0; i < 2; i++) {
      Run run = PackagedJar.run(folder, kernels(out));
      assertThat(run.exit()).as(run.err()).isZero();
    }
    assertThat(PackagedJar.files(folder.resolve(out).toRealPath()))
        .containsExactly(
            "Conv2d_1.png", "Conv2d_2.png", "Conv2d_3.png", "index.html", "manifest.json");
  }

  @Test
  void aRerunKeepsAMountPointThatIsTheOutputFolder() throws Exception {
    assertThat(PackagedJar.run(folder, train("--quiet")).exit()).isZero();
    Path disk = Files.createDirectory(folder.resolve("out"));
    assumeTrue(
        done("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()),
        "only root may mount a disk");
    try {
      assertKernelsRuns("out");
    } finally {
      assertThat(done("umount", disk.toString())).isTrue();
    }
    assertThat(disk).isEmptyDirectory();
  }

  @Test
  void aRerunKeepsAMountPointInTheOutputFolder() throws Exception {
    assertThat(PackagedJar.run(folder, train("--quiet")).exit()).isZero();
    String[] visualize = {"visualize", "--dataset=synthetic", "--samples=2", "--quiet"};
    assertThat(PackagedJar.run(folder, visualize).exit()).isZero();
    Path disk = folder.resolve("save_image/1-0");
    assumeTrue(
        done("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()),
        "only root may mount a disk");
    try {
      for (int i = 0; i < 2; i++) {
        Run run = PackagedJar.run(folder, visualize);
        assertThat(run.exit()).as(run.err()).isZero();
      }
      assertThat(PackagedJar.files(disk)).hasSize(10);
    } finally {
      assertThat(done("umount", disk.toString())).isTrue();
    }
  }

  @Test
  void aRerunKeepsALinkAndTheWorkingFolder() throws Exception {
    assertThat(PackagedJar.run(folder, train("--quiet")).exit()).isZero();
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path link = Files.createSymbolicLink(folder.resolve("out"), Path.of("disk"));
    assertKernelsRuns("out");
    assertThat(link).isSymbolicLink();
    String[] here = kernels(".");
    here[1] = "--checkpoint=../save_model/epoch_0";
    Run run = PackagedJar.run(disk, here);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).endsWith("in .; look at ./index.html" + END);
    assertThat(PackagedJar.files(disk)).hasSize(5);
  }

  @Test
  void aRerunWorksBelowAFolderThatCannotBeWritten() throws Exception {
    assertThat(PackagedJar.run(folder, train("--quiet")).exit()).isZero();
    Path parent = Files.createDirectory(folder.resolve("parent"));
    Files.createDirectory(parent.resolve("out"));
    setReadOnly(parent, true);
    try {
      assertKernelsRuns("parent/out");
    } finally {
      setReadOnly(parent, false);
    }
  }

  @Test
  void aRerunThatCannotWriteRemovesNothing() throws Exception {
    assertThat(PackagedJar.run(folder, train("--quiet")).exit()).isZero();
    assertKernelsRuns("out");
    Path out = folder.resolve("out");
    Path manifest = out.resolve("manifest.json");
    String before = Files.readString(manifest);
    setReadOnly(out, true);
    try {
      Run run = PackagedJar.run(folder, kernels("out"));
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err()).startsWith("fmviz: cannot write out/").hasLineCount(1);
      assertThat(PackagedJar.files(out)).hasSize(5);
      assertThat(manifest).hasContent(before);
    } finally {
      setReadOnly(out, false);
    }
    assertKernelsRuns("out");
  }

  @Test
  void oneOfFourExportsToOneFileSucceeds() throws Exception {
    assertThat(PackagedJar.run(folder, train("--quiet")).exit()).isZero();
    List<Process> exports = new ArrayList<>();
    List<String> command =
        PackagedJar.command(
            PackagedJar.JAVA,
            PackagedJar.FILE.toAbsolutePath(),
            "export",
            "--quiet",
            "--to=model.pth");
    for (int i = 0; i < 4; i++) {
      exports.add(
          PackagedJar.start(
              folder,
              Map.of(),
              command,
              folder.resolve("out-%d.txt".formatted(i)),
              folder.resolve("err-%d.txt".formatted(i))));
    }
    int succeeded = 0;
    for (int i = 0; i < 4; i++) {
      int exit = exports.get(i).waitFor();
      String said = Files.readString(folder.resolve("err-%d.txt".formatted(i)));
      succeeded += exit == 0 ? 1 : 0;
      assertThat(said)
          .matches(
              exit == 0
                  ? ""
                  : "fmviz: cannot write model\\.pth: it (already exists|has appeared meanwhile); .*"
                      + END);
      assertThat(exit).isBetween(0, 1);
    }
    assertThat(succeeded).isEqualTo(1);
    assertThat(SavedClassifier.read(folder.resolve("model.pth")).tensors()).hasSize(8);
  }

  private static void awaitFile(Path file) throws IOException, InterruptedException {
    for (int i = 0; i < 2400 && !Files.exists(file); i++) {
      Thread.sleep(25);
    }
    assertThat(file).exists();
  }
}
