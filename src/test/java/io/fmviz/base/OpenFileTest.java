package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFileTest {
  @TempDir Path folder;

  private static void write(OpenFile file, String text) {
    file.add(() -> file.stream().write(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void appearsWhenItIsComplete() throws IOException {
    Path target = folder.resolve("new/file");
    try (OpenFile file = AtomicFile.openDurably(target)) {
      write(file, "one ");
      assertThat(target).doesNotExist();
      assertThat(target.getParent()).isDirectoryContaining("glob:**/.file.*.tmp");
      write(file, "two");
      file.complete();
      assertThat(target).hasContent("one two");
    }
    assertThat(target.getParent()).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void leavesWhatWasThereUnlessItIsCompleted() throws IOException {
    Path target = Files.writeString(folder.resolve("file"), "old");
    try (OpenFile file = AtomicFile.open(folder, "file", true)) {
      write(file, "new");
    }
    assertThat(target).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void isGoneOnceAPartCanNotBeWritten() throws IOException {
    Path target = folder.resolve("file");
    OpenFile file = AtomicFile.openDurably(target);
    write(file, "one");
    assertThatThrownBy(
            () ->
                file.add(
                    () -> {
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(UserException.class)
        .hasMessage("cannot write " + target + ": No space left on device");
    assertThat(folder).isEmptyDirectory();
    file.close();
  }

  @Test
  void isGoneOnceMakingAPartFails() {
    OpenFile file = AtomicFile.open(folder, "file", true);
    assertThatThrownBy(
            () ->
                file.add(
                    () -> {
                      throw new IllegalStateException("made nothing");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void doesNotReplaceAFileThatHasAppearedMeanwhile() throws IOException {
    Path target = folder.resolve("file");
    OpenFile file = AtomicFile.open(folder, "file", false);
    Files.writeString(target, "mine");
    assertThatThrownBy(file::complete)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("cannot write " + target + ": it has appeared meanwhile;");
    assertThat(target).hasContent("mine");
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void refusesToTakeThePlaceOfASymbolicLink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("file"));
    assertThatThrownBy(() -> AtomicFile.openDurably(link))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("cannot write " + link + ": it is a symbolic link,");
    assertThat(link).isSymbolicLink();
  }
}
