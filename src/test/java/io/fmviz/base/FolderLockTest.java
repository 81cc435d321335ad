package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
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
  void makesNoFileThroughALink() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("m"));
    Path elsewhere = parent.resolve("elsewhere");
    Path file = Files.createSymbolicLink(folder.resolve(FolderLock.FILE), elsewhere);
    assertThatThrownBy(() -> FolderLock.of(folder))
        .isInstanceOf(UserException.class)
        .hasMessage("cannot write " + file + ": it is a symbolic link, not a file; move it away");
    assertThat(elsewhere).doesNotExist();
    Files.writeString(elsewhere, "mine");
    assertThatThrownBy(() -> FolderLock.of(folder)).isInstanceOf(UserException.class);
    assertThat(elsewhere).hasContent("mine");
    Files.delete(file);
    Files.createDirectory(file);
    assertThatThrownBy(() -> FolderLock.of(folder))
        .isInstanceOf(UserException.class)
        .hasMessage("cannot write " + file + ": it is something else, not a file; move it away");
  }

  @Test
  void isTakenThroughALinkToTheFolder() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("disk"));
    Path link = Files.createSymbolicLink(parent.resolve("link"), folder);
    try (FolderLock lock = FolderLock.of(link)) {
      assertThat(lock).isNotNull();
      assertThat(FolderLock.ofExisting(folder)).isNull();
    }
    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve(FolderLock.FILE)).isEmptyFile();
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

  /** An export into a model folder whose training begins: a process that has not the lock. */
  @Test
  void leavesTheTemporaryFileOfAProcessThatStillWrites() throws Exception {
    Path target = parent.resolve("model.pth");
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes(AtomicFile.class) + File.pathSeparator + classes(SlowWriter.class),
                SlowWriter.class.getName(),
                target.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(writer.getInputStream().read()).isEqualTo('w');
      Path dead = Files.createFile(parent.resolve(".model.pth.4711-12.tmp"));
      FolderLock.of(parent).close();
      assertThat(dead).doesNotExist();
      assertThat(parent).isDirectoryContaining("glob:**.tmp");
      writer.getOutputStream().close();
      assertThat(writer.waitFor()).isZero();
      assertThat(target).hasContent("whole");
      assertThat(parent).isDirectoryNotContaining("glob:**.tmp");
    } finally {
      writer.destroyForcibly().waitFor();
    }
  }

  private static String classes(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** Writes a file until its standard input ends. */
  static final class SlowWriter {
    private SlowWriter() {}

    public static void main(String[] arguments) {
      AtomicFile.writeDurably(
          Path.of(arguments[0]),
          out -> {
            out.write("wh".getBytes(StandardCharsets.UTF_8));
            System.out.write('w');
            System.out.flush();
            while (System.in.read() >= 0) {}
            out.write("ole".getBytes(StandardCharsets.UTF_8));
          });
    }
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
