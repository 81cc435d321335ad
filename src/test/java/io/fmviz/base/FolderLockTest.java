package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @TempDir private Path parent;

  @Test
  void isHeldByOneAtATime() {
    Path folder = parent.resolve("a/b");
    try (FolderLock first = FolderLock.of(folder)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> FolderLock.of(folder))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "another fmviz is writing into "
                  + folder
                  + ": wait until it has finished, or name another folder");
    }
    FolderLock.of(folder).close();
  }

  @Test
  void sweepsOnlyTheTemporaryFilesOfAKilledProcess() throws IOException {
    Path ours = Files.createFile(parent.resolve(".epoch_0.safetensors.4711-12.tmp"));
    Path theirs = Files.createFile(parent.resolve(".notes.tmp"));
    Path visible = Files.createFile(parent.resolve("epoch_0.4711-12.tmp"));
    Path directory = Files.createDirectory(parent.resolve(".x.1-2.tmp"));
    FolderLock.of(parent).close();
    assertThat(ours).doesNotExist();
    assertThat(theirs).exists();
    assertThat(visible).exists();
    assertThat(directory).exists();
  }

  @Test
  void saysSoWhereAFileStandsInPlaceOfTheFolder() throws IOException {
    Path file = Files.writeString(parent.resolve("m"), "a file");
    assertThatThrownBy(() -> FolderLock.of(file))
        .isInstanceOf(UserException.class)
        .hasMessage("cannot write " + file + ": a file of that name is in the way");
    assertThat(file).hasContent("a file");
  }
}
