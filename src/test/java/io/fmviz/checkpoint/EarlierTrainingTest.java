package io.fmviz.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlierTrainingTest {
  private static final List<String> OLD =
      List.of(
          "epoch_0.safetensors",
          "epoch_1.safetensors",
          "epoch_10.safetensors",
          "epoch_10.optimizer.safetensors",
          "train_log.jsonl");

  /** What a new training writes with its first checkpoint, in this order. */
  private static final List<String> NEW =
      List.of("epoch_0.optimizer.safetensors", "train_log.jsonl", "epoch_0.safetensors");

  private static final List<String> OTHERS =
      List.of(".fmviz.lock", "epoch_0.pth", "notes.txt", "pruned.safetensors");

  @TempDir private Path folder;

  /** The process ends here: nothing of it runs any more. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Counts steps, and ends the process before one of them. */
  private static final class Steps implements EarlierTraining.Mover {
    private int left;

    Steps(int left) {
      this.left = left;
    }

    void step() {
      if (left-- == 0) {
        throw new Killed();
      }
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
      step();
      Files.move(from, to, options);
    }
  }

  @BeforeEach
  void leaveATrainingAndOtherFiles() throws IOException {
    put("old", OLD);
    put("mine", OTHERS);
  }

  private void put(String whose, List<String> names) throws IOException {
    for (String name : names) {
      Files.writeString(folder.resolve(name), whose + " " + name);
    }
  }

  private void write(String whose, Steps steps) {
    for (String name : NEW) {
      steps.step();
      try {
        Files.writeString(folder.resolve(name), whose + " " + name);
      } catch (IOException e) {
        throw UserException.cannotWrite(folder, e);
      }
    }
  }

  private Path replace(String whose, Steps steps) {
    return new EarlierTraining(new ModelFolder(folder), steps).replaceBy(() -> write(whose, steps));
  }

  private Path replace(String whose) {
    return replace(whose, new Steps(-1));
  }

  private void recover() {
    new EarlierTraining(new ModelFolder(folder)).recover();
  }

  /** What every file below the folder holds, but for those of others. */
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (OTHERS.contains(name)) {
          assertThat(file).hasContent("mine " + name);
        } else {
          files.put(name, Files.readString(file));
        }
      }
    }
    return files;
  }

  private static Map<String, String> in(String below, String whose, List<String> names) {
    Map<String, String> files = new TreeMap<>();
    names.forEach(name -> files.put(below + name, whose + " " + name));
    return files;
  }

  private static Map<String, String> both(Map<String, String> one, Map<String, String> other) {
    Map<String, String> all = new TreeMap<>(one);
    all.putAll(other);
    return all;
  }

  @Test
  void isMovedWholeIntoANumberedFolderAndNothingElseIs() throws IOException {
    assertThat(replace("new")).isEqualTo(folder.resolve("earlier-1"));
    assertThat(files()).isEqualTo(both(in("", "new", NEW), in("earlier-1/", "old", OLD)));
    assertThat(replace("newer")).isEqualTo(folder.resolve("earlier-2"));
    assertThat(files())
        .isEqualTo(
            both(
                both(in("", "newer", NEW), in("earlier-2/", "new", NEW)),
                in("earlier-1/", "old", OLD)));
  }

  @Test
  void getsANumberThatNothingHas() throws IOException {
    Files.createDirectory(folder.resolve("earlier-7"));
    Files.writeString(folder.resolve("earlier-9"), "a file");
    assertThat(replace("new")).isEqualTo(folder.resolve("earlier-10"));
  }

  @Test
  void isNotThereWhereOnlyOptimizerFilesAndAnEmptyLogAre() throws IOException {
    for (String name : List.of("epoch_0", "epoch_1", "epoch_10")) {
      Files.delete(folder.resolve(name + ".safetensors"));
    }
    Files.writeString(folder.resolve("train_log.jsonl"), "");
    assertThat(replace("new")).isNull();
    assertThat(folder.resolve("epoch_0.safetensors")).hasContent("new epoch_0.safetensors");
    assertThat(folder.resolve("earlier-1")).doesNotExist();
  }

  /** Before the first checkpoint all is as it was; from then on the new training is there. */
  @Test
  void losesNothingWhereverAProcessIsKilled() throws IOException {
    int moves = OLD.size();
    for (int kill = 0; kill <= moves + NEW.size(); kill++) {
      Steps steps = new Steps(kill);
      assertThatThrownBy(() -> replace("new", steps)).isInstanceOf(Killed.class);
      assertThat(files().values()).as("killed at " + kill).containsAll(in("", "old", OLD).values());
      recover();
      assertThat(files())
          .as("killed at " + kill)
          .isEqualTo(
              kill < moves + NEW.size()
                  ? in("", "old", OLD)
                  : both(in("", "new", NEW), in("earlier-1/", "old", OLD)));
    }
  }

  @Test
  void losesNothingWhereARecoveryIsKilledToo() throws IOException {
    for (int kill = 0; kill < OLD.size() + NEW.size(); kill++) {
      for (int again = 0; again <= OLD.size(); again++) {
        Steps steps = new Steps(kill);
        assertThatThrownBy(() -> replace("new", steps)).isInstanceOf(Killed.class);
        try {
          new EarlierTraining(new ModelFolder(folder), new Steps(again)).recover();
        } catch (Killed e) {
          assertThat(files().values()).containsAll(in("", "old", OLD).values());
        }
        recover();
        assertThat(files()).as("killed at " + kill + " and " + again).isEqualTo(in("", "old", OLD));
      }
    }
  }

  @Test
  void isBackWhereItWasWhenTheFirstCheckpointCannotBeWritten() throws IOException {
    assertThatThrownBy(
            () ->
                new EarlierTraining(new ModelFolder(folder))
                    .replaceBy(
                        () -> {
                          write("new", new Steps(-1));
                          delete("epoch_0.safetensors");
                          throw new UserException("the disk is full");
                        }))
        .hasMessage("the disk is full");
    assertThat(files()).isEqualTo(in("", "old", OLD));
  }

  private void delete(String name) {
    try {
      Files.delete(folder.resolve(name));
    } catch (IOException e) {
      throw UserException.cannotWrite(folder, e);
    }
  }

  /** Whoever deleted the first checkpoints left nothing that tells old from new by its name. */
  @ParameterizedTest
  @ValueSource(strings = {"epoch_0", "epoch_0 epoch_1", "epoch_0 epoch_1 epoch_10"})
  void losesNothingWhereCheckpointsWereDeleted(String deleted) throws IOException {
    for (String name : deleted.split(" ", -1)) {
      delete(name + ".safetensors");
    }
    Map<String, String> before = files();
    int steps = before.size() + NEW.size();
    for (int kill = 0; kill <= steps; kill++) {
      Steps killing = new Steps(kill);
      try {
        replace("new", killing);
      } catch (Killed e) {
        assertThat(files().values()).as("killed at " + kill).containsAll(before.values());
      }
      recover();
      assertThat(files().values()).as("killed at " + kill).containsAll(before.values());
    }
  }

  @Test
  void leavesALinkInPlaceOfACheckpoint() throws IOException {
    Path elsewhere = Files.writeString(folder.resolve("notes.txt"), "mine notes.txt");
    Path link = Files.createSymbolicLink(folder.resolve("epoch_3.safetensors"), elsewhere);
    replace("new");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void isFoundByItsPath() throws IOException {
    replace("new");
    ModelFolder models = new ModelFolder(folder);
    Path file = folder.resolve("earlier-1/epoch_1.safetensors");
    assertThat(models.find("earlier-1/epoch_1")).isEqualTo(file);
    assertThat(models.find(file.toString())).isEqualTo(file);
    assertThat(models.find(folder.resolve("earlier-1/epoch_1").toString())).isEqualTo(file);
    assertThat(models.find("epoch_0")).isEqualTo(folder.resolve("epoch_0.safetensors"));
    assertThat(models.list()).containsExactly(folder.resolve("epoch_0.safetensors"));
    assertThatThrownBy(() -> models.find("epoch_1"))
        .hasMessage(
            "there is no checkpoint epoch_1: %s holds epoch_0; of an earlier training there is earlier-1/epoch_1"
                .formatted(folder));
  }
}
