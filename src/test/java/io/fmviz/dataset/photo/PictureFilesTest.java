package io.fmviz.dataset.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFilesTest {
  @TempDir private Path folder;

  private Path touch(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  private static PictureFiles list(List<Path> paths) {
    return PictureFiles.list(
        paths,
        file ->
            file.endsWith("made.txt")
                ? Optional.of(Set.of("1.png", "a-1/2.png", "index.html"))
                : Optional.empty());
  }

  private List<String> names(PictureFiles files) {
    return files.files().stream()
        .map(file -> folder.relativize(file).toString().replace('\\', '/'))
        .toList();
  }

  @Test
  void takesAFileForItselfAndAFolderForItsPictures() throws IOException {
    Path notes = touch("notes.txt");
    for (String name : List.of("a/2.JPG", "a/1.webp", "a/10.tiff", "a/x.txt", "a/.hidden.png")) {
      touch(name);
    }
    PictureFiles files = list(List.of(notes, folder.resolve("a")));
    assertThat(names(files)).containsExactly("notes.txt", "a/1.webp", "a/10.tiff", "a/2.JPG");
    assertThat(files.labels()).containsExactly(-1, -1, -1, -1);
    assertThat(files.folders()).isEmpty();
    assertThat(files.isLabeled()).isFalse();
  }

  /** As torchvision's ImageFolder and os.walk sort them: paths of folders as text, then names. */
  @Test
  void takesFoldersInAFolderForClasses() throws IOException {
    for (String name :
        List.of(
            "dog/b.png",
            "dog/a.png",
            "cat/deep/er/1.gif",
            "cat/deep/2.gif",
            "cat/deep-er/3.gif",
            "cat/4.gif",
            "Bird/x.bmp",
            ".cache/y.png",
            "empty/readme.txt")) {
      touch(name);
    }
    PictureFiles files = list(List.of(folder));
    assertThat(files.folders()).containsExactly("Bird", "cat", "dog");
    assertThat(names(files))
        .containsExactly(
            "Bird/x.bmp",
            "cat/4.gif",
            "cat/deep/2.gif",
            "cat/deep-er/3.gif",
            "cat/deep/er/1.gif",
            "dog/a.png",
            "dog/b.png")
        .hasSize(7);
    assertThat(files.labels()).containsExactly(0, 1, 1, 1, 1, 2, 2);
    assertThat(files.isLabeled()).isTrue();
  }

  @Test
  void joinsTheClassesOfSeveralFolders() throws IOException {
    for (String name :
        List.of("a/cat/1.png", "a/dog/2.png", "b/ant/3.png", "b/cat/4.png", "5.png")) {
      touch(name);
    }
    PictureFiles files =
        list(List.of(folder.resolve("a"), folder.resolve("5.png"), folder.resolve("b")));
    assertThat(names(files))
        .containsExactly("a/cat/1.png", "a/dog/2.png", "5.png", "b/ant/3.png", "b/cat/4.png");
    assertThat(files.folders()).containsExactly("ant", "cat", "dog");
    assertThat(files.labels()).containsExactly(1, 2, -1, 0, 1);
    assertThat(files.isLabeled()).isFalse();
  }

  @Test
  void passesOverFoldersThatFmvizWroteInto() throws IOException {
    for (String name :
        List.of(
            "photos/cat/1.png",
            "photos/out/made.txt",
            "photos/out/1.png",
            "photos/out/mine.png",
            "photos/out/a-1/2.png",
            "photos/cat/deep/out/made.txt",
            "photos/cat/deep/out/x/y/4.png")) {
      touch(name);
    }
    PictureFiles files = list(List.of(folder.resolve("photos")));
    assertThat(names(files)).containsExactly("photos/cat/1.png");
    assertThat(files.folders()).containsExactly("cat");
    assertThat(files.own())
        .containsExactly(folder.resolve("photos/cat/deep/out"), folder.resolve("photos/out"));
  }

  @Test
  void passesOverWhatFmvizWroteInAFolderThatIsNamed() throws IOException {
    for (String name : List.of("made.txt", "1.png", "a-1/2.png", "cat/3.png", "mine.png")) {
      touch("here/" + name);
    }
    Path here = folder.resolve("here");
    PictureFiles files = list(List.of(here));
    assertThat(names(files)).containsExactly("here/mine.png", "here/cat/3.png");
    assertThat(files.own()).containsExactly(here);
    // A file that is named is taken for itself, and so is a folder that fmviz tells nothing of.
    assertThat(names(list(List.of(here.resolve("1.png"), here.resolve("a-1")))))
        .containsExactly("here/1.png", "here/a-1/2.png");
    Files.delete(here.resolve("mine.png"));
    Files.delete(here.resolve("cat/3.png"));
    assertThatThrownBy(() -> list(List.of(here)))
        .isInstanceOf(UserException.class)
        .hasMessage("all pictures in " + here + " were made by fmviz: give a folder with others");
  }

  @Test
  void looksIntoFoldersThatLinksLeadToOnce() throws IOException {
    touch("a/cat/1.png");
    Files.createSymbolicLink(folder.resolve("a/cat/again"), folder.resolve("a/cat"));
    Files.createSymbolicLink(folder.resolve("a/cat/up"), folder.resolve("a"));
    Files.createSymbolicLink(folder.resolve("a/up"), folder);
    Files.createSymbolicLink(folder.resolve("a/nowhere"), folder.resolve("gone"));
    PictureFiles files = list(List.of(folder.resolve("a")));
    assertThat(names(files)).containsExactly("a/cat/1.png");
    assertThat(files.folders()).containsExactly("cat");
  }

  @Test
  void saysSoWhereThereIsNothing() throws IOException {
    touch("a/b/notes.txt");
    Path empty = folder.resolve("a");
    assertThatThrownBy(() -> list(List.of(empty)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "there is no picture in "
                + empty
                + ": give a folder with some (PNG, JPEG, GIF, BMP, WebP or TIFF)");
    Path missing = folder.resolve("x.png");
    assertThatThrownBy(() -> list(List.of(missing)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "there is no image "
                + missing
                + ": give a picture (PNG, JPEG, GIF, BMP, WebP or TIFF), or a folder of pictures");
  }

  @Test
  void keepsManyPathsAsTheyWere() {
    PathList list = new PathList();
    List<Path> paths =
        IntStream.range(0, 1000)
            .mapToObj(i -> Path.of(i % 7 == 0 ? "x" : "y", "sub" + i / 100, i + ".png"))
            .toList();
    IntStream.range(0, 1000).forEach(i -> list.add(paths.get(i), 1000L * i));
    list.add(Path.of("alone.png"), 1024);
    list.add(Path.of("/rooted.png"), 0);
    assertThat(list.subList(0, 1000)).isEqualTo(paths);
    assertThat(list.subList(1000, 1002))
        .containsExactly(Path.of("alone.png"), Path.of("/rooted.png"));
    assertThat(IntStream.of(0, 1, 999, 1000, 1001).mapToLong(list::bytes))
        .containsExactly(0L, 1024L, 999_424L, 1024L, 0L);
  }
}
