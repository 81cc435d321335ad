package io.fmviz.spark.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import io.fmviz.dataset.photo.PictureFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ViewFS, a file system of Hadoop's that needs no server, shows a local folder. */
class HadoopStoreTest {
  @TempDir Path folder;
  private HadoopStore store;

  @BeforeEach
  void mount() {
    Configuration configuration = new Configuration();
    configuration.set("fs.viewfs.mounttable.default.link./photos", folder.toUri().toString());
    configuration.set("fs.viewfs.impl.disable.cache", "true"); // Each test mounts another folder.
    store = new HadoopStore(() -> configuration);
  }

  private static PictureFiles list(Path path) {
    return PictureFiles.list(
        List.of(path),
        file ->
            file.getFileName().toString().equals("made.txt")
                ? Optional.of(Set.of("1-7/x.png"))
                : Optional.empty());
  }

  private void write(String file, int bytes) throws IOException {
    Path target = folder.resolve(file);
    Files.createDirectories(target.getParent());
    Files.write(target, new byte[bytes]);
  }

  @Test
  void listsPicturesInTheOrderOfOneMachine() throws IOException {
    for (String file :
        List.of(
            "cat/b.png",
            "cat/a b%20.jpg",
            "cat/é.png",
            "cat/.hidden.png",
            "cat-2/x.png",
            "cat/deep/er/y.jpg",
            "cat/deep-2/z.jpg",
            "dog/1.PNG",
            "dog/notes.txt",
            "made/made.txt",
            "made/1-7/x.png",
            "alone.gif")) {
      write(file, 10);
    }
    PictureFiles here = list(folder);
    PictureFiles there = list(store.path("viewfs:///photos/"));
    assertThat(there.files().stream().map(Path::toString))
        .containsExactlyElementsOf(
            here.files().stream()
                .map(file -> "viewfs:///photos/" + folder.relativize(file))
                .toList())
        .hasSize(8);
    assertThat(there.folders()).isEqualTo(here.folders()).containsExactly("cat", "cat-2", "dog");
    assertThat(there.labels()).isEqualTo(here.labels());
    assertThat(there.own()).containsExactly(store.path("viewfs:///photos/made"));
  }

  @Test
  void readsAFile() throws IOException {
    byte[] bytes = new byte[3_000_000];
    bytes[2_999_999] = 7;
    Files.write(folder.resolve("x.jpg"), bytes);
    Path file = store.path("viewfs:///photos/x.jpg");
    assertThat(Files.size(file)).isEqualTo(3_000_000);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    assertThat(Files.isRegularFile(file)).isTrue();
    assertThat(Files.isDirectory(store.path("viewfs:///photos"))).isTrue();
  }

  @Test
  void saysInJavasWordsWhatIsNotThere() {
    Path missing = store.path("viewfs:///photos/none.jpg");
    assertThat(Files.exists(missing)).isFalse();
    assertThatThrownBy(() -> Files.size(missing))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("viewfs:///photos/none.jpg");
    assertThatThrownBy(() -> list(missing))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "there is no image viewfs:///photos/none.jpg: give a picture (PNG, JPEG, GIF, BMP, WebP or TIFF), or a folder of pictures");
  }

  @Test
  void saysWhatSchemeNobodyKnows() {
    assertThatThrownBy(() -> Files.size(store.path("gopher://host/x.jpg")))
        .isInstanceOf(RemoteReadException.class)
        .hasMessage("No FileSystem for scheme \"gopher\"");
  }

  @Test
  void writesNothing() {
    Path file = store.path("viewfs:///photos/new.jpg");
    assertThatThrownBy(() -> Files.newByteChannel(file, StandardOpenOption.CREATE))
        .isInstanceOf(ReadOnlyFileSystemException.class);
    assertThatThrownBy(() -> store.provider().checkAccess(file, AccessMode.WRITE))
        .isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(() -> Files.createDirectory(file))
        .isInstanceOf(ReadOnlyFileSystemException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"photos/a.jpg", "/photos/a.jpg", "C:/photos", "s3a", "a:b"})
  void takesWhatHasNoSchemeForAFileOfThisMachine(String text) {
    assertThat(store.path(text)).isEqualTo(Path.of(text));
    assertThat(HadoopStore.isRemote(text)).isFalse();
  }

  @Test
  void takesFileUrisForFilesOfThisMachine() {
    assertThat(store.path("file:///photos/a b.jpg")).isEqualTo(Path.of("/photos/a b.jpg"));
    assertThat(store.path("file:/photos")).isEqualTo(Path.of("/photos"));
  }

  @Test
  void keepsATextAsAPersonGaveIt() {
    Path file = store.path("s3a://bucket/photos/x.jpg");
    assertThat(file).hasToString("s3a://bucket/photos/x.jpg").isAbsolute();
    assertThat(file.getParent()).hasToString("s3a://bucket/photos");
    assertThat(file.getParent().getParent()).hasToString("s3a://bucket");
    assertThat(file.getParent().getParent().getParent()).isNull();
    assertThat(file.getFileName()).hasToString("x.jpg");
    assertThat(file.resolveSibling("config.json")).hasToString("s3a://bucket/photos/config.json");
    assertThat(((HadoopPath) store.path("s3a://bucket")).hadoop()).hasToString("s3a://bucket/");
    assertThat(((HadoopPath) store.path("hdfs:///")).hadoop()).hasToString("hdfs:/");
    assertThat(store.path("hdfs:///x.jpg").getParent().resolve("y")).hasToString("hdfs:///y");
  }
}
