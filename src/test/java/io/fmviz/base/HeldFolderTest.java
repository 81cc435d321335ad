package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a disk, and in a zip archive, whose folders can't be held and whose files have no links. */
class HeldFolderTest {
  @TempDir private Path disk;
  private FileSystem archive;

  private Path root(String where) throws IOException {
    if (where.equals("disk")) {
      return disk;
    }
    archive = FileSystems.newFileSystem(disk.resolve("x.zip"), Map.of("create", "true"));
    return Files.createDirectory(archive.getPath("/root"));
  }

  @AfterEach
  void closeArchive() throws IOException {
    if (archive != null) {
      archive.close();
    }
  }

  private static void write(HeldFolder held, String name) throws IOException {
    try (FileChannel channel = held.create(name)) {
      channel.write(ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"disk", "archive"})
  void givesFilesNames(String where) throws IOException {
    Path root = root(where);
    try (HeldFolder held = HeldFolder.of(root)) {
      write(held, "a");
      write(held, "b");
      assertThatThrownBy(() -> held.create("a")).isInstanceOf(FileAlreadyExistsException.class);
      held.claim("a", "c");
      held.deleteFile("a");
      assertThatThrownBy(() -> held.claim("b", "c")).isInstanceOf(FileAlreadyExistsException.class);
      assertThat(Files.readString(root.resolve("c"))).isEqualTo("a");
      held.move("b", "c");
      assertThat(Files.readString(root.resolve("c"))).isEqualTo("b");
      assertThat(held.hasFile("c")).isTrue();
      assertThat(held.hasFile("a")).isFalse();
      assertThat(held.hasFile("b")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"disk", "archive"})
  void opensFoldersInIt(String where) throws IOException {
    Path root = root(where);
    try (HeldFolder held = HeldFolder.of(root)) {
      assertThatThrownBy(() -> held.inner("x")).isInstanceOf(NoSuchFileException.class);
      assertThat(held.makeInner("x")).isTrue();
      assertThat(held.makeInner("x")).isFalse();
      try (HeldFolder inner = held.inner("x")) {
        write(inner, "a");
        held.deleteIfEmpty("x");
        assertThat(Files.readString(root.resolve("x/a"))).isEqualTo("a");
        inner.deleteFile("a");
        inner.deleteFile("a");
      }
      held.deleteFile("x");
      assertThat(root.resolve("x")).exists();
      held.deleteIfEmpty("x");
      held.deleteIfEmpty("x");
      assertThat(root.resolve("x")).doesNotExist();
      write(held, "file");
      held.deleteIfEmpty("file");
      assertThat(held.hasFile("file")).isTrue();
      assertThatThrownBy(() -> held.inner("file")).isInstanceOf(NotDirectoryException.class);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a link needs a right there")
  void followsNoLinkInIt() throws IOException {
    Path root = Files.createDirectory(disk.resolve("root"));
    Path elsewhere = Files.createDirectory(disk.resolve("elsewhere"));
    Path mine = Files.writeString(elsewhere.resolve("mine"), "mine");
    Path folderLink = Files.createSymbolicLink(root.resolve("x"), elsewhere);
    Path fileLink = Files.createSymbolicLink(root.resolve("y"), mine);
    try (HeldFolder held = HeldFolder.of(root)) {
      assertThatThrownBy(() -> held.inner("x"))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "cannot write into "
                  + folderLink
                  + ": it is a symbolic link, and what it leads to is not fmviz's; move the link"
                  + " away");
      assertThat(held.hasFile("y")).isFalse();
      held.deleteFile("y");
      held.deleteIfEmpty("x");
    }
    assertThat(folderLink).isSymbolicLink();
    assertThat(fileLink).isSymbolicLink();
    assertThat(mine).hasContent("mine");
  }

  /** Who holds a folder writes there, whatever has its name by now. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a link needs a right there")
  void staysWhereItIsWhenALinkTakesItsPlace() throws IOException {
    Path root = Files.createDirectory(disk.resolve("root"));
    Path elsewhere = Files.createDirectory(disk.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("b"), "mine");
    try (HeldFolder held = HeldFolder.of(root)) {
      held.makeInner("x");
      try (HeldFolder inner = held.inner("x")) {
        Files.move(root.resolve("x"), disk.resolve("moved"));
        Files.createSymbolicLink(root.resolve("x"), elsewhere);
        write(inner, "a");
        inner.move("a", "b");
        write(inner, "c");
        inner.claim("c", "d");
        inner.deleteFile("c");
      }
    }
    assertThat(elsewhere.resolve("b")).hasContent("mine");
    assertThat(elsewhere.resolve("d")).doesNotExist();
    assertThat(disk.resolve("moved/b")).hasContent("a");
    assertThat(disk.resolve("moved/d")).hasContent("c");
  }
}
