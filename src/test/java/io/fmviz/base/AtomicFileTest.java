package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void writesAFileAndTheFoldersAboveIt() throws IOException {
    Path file = folder.resolve("a/b/file");
    AtomicFile.writeDurably(file, out -> out.write("text".getBytes(StandardCharsets.UTF_8)));
    assertThat(file).hasContent("text");
    assertThat(file.getParent()).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void keepsTheOldFileWhenWritingFails() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write('n');
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(UserException.class)
        .hasMessage("cannot write " + file + ": No space left on device");
    assertThat(file).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void namesAFileThatStandsWhereAFolderShould() throws IOException {
    Path inTheWay = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> AtomicFile.write(inTheWay.resolve("x"), out -> {}))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "cannot write " + inTheWay.resolve("x") + ": a file of that name is in the way");
  }

  @Test
  void namesAFolderThatStandsWhereTheFileShould() throws IOException {
    Path inTheWay = Files.createDirectory(folder.resolve("folder"));
    Files.createFile(inTheWay.resolve("kept"));
    assertThatThrownBy(() -> AtomicFile.write(inTheWay, out -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("cannot write " + inTheWay + ": ");
    assertThat(inTheWay.resolve("kept")).exists();
  }

  @Test
  void refusesToTakeThePlaceOfASymbolicLink() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThatThrownBy(() -> AtomicFile.write(link, out -> out.write('n')))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "cannot write "
                + link
                + ": it is a symbolic link, and the file would take its place; move the link away");
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("old");
  }
}
