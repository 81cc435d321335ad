package io.fmviz.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
  @TempDir private Path folder;

  private Path touch(String name, long seconds) throws IOException {
    Path file = Files.createFile(folder.resolve(name));
    return Files.setLastModifiedTime(file, FileTime.fromMillis(seconds * 1000));
  }

  @Test
  void listsCheckpointsByEpochAndNothingElse() throws IOException {
    Path tenth = touch("epoch_10.safetensors", 1);
    Path ninth = touch("epoch_9.safetensors", 2);
    touch("epoch_9.safetensors.tmp", 3);
    touch("epoch_x.safetensors", 3);
    touch("train_log.jsonl", 3);
    assertThat(new ModelFolder(folder).list()).containsExactly(ninth, tenth);
  }

  @Test
  void takesTheOneWrittenLastAndTheLaterEpochOfTwo() throws IOException {
    Path zero = touch("epoch_0.safetensors", 9);
    touch("epoch_1.safetensors", 5);
    assertThat(new ModelFolder(folder).find(null)).isEqualTo(zero);
    Path two = touch("epoch_2.safetensors", 9);
    assertThat(new ModelFolder(folder).find(null)).isEqualTo(two);
  }

  @Test
  void findsByNameByFileNameAndByPath() throws IOException {
    Path file = touch("epoch_3.safetensors", 1);
    ModelFolder models = new ModelFolder(folder);
    assertThat(models.find("epoch_3")).isEqualTo(file);
    assertThat(models.find("epoch_3.safetensors")).isEqualTo(file);
    assertThat(new ModelFolder(folder.resolve("none")).find(file.toString())).isEqualTo(file);
  }

  @Test
  void namesTheCheckpointsThatExist() throws IOException {
    touch("epoch_0.safetensors", 1);
    touch("epoch_1.safetensors", 1);
    assertThatThrownBy(() -> new ModelFolder(folder).find("epoch_7"))
        .isInstanceOf(UserException.class)
        .hasMessage("there is no checkpoint epoch_7: " + folder + " holds epoch_0, epoch_1");
  }

  @Test
  void saysWhatToDoWhereThereIsNone() {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> new ModelFolder(none).find(null))
        .hasMessage(
            "there is no checkpoint in "
                + none
                + Settings.named(": run fmviz train, or name one with {checkpoint}"));
    assertThatThrownBy(() -> new ModelFolder(none).find("x"))
        .hasMessage("there is no checkpoint x: " + none + " holds none, run fmviz train");
  }
}
