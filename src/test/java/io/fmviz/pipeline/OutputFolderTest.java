package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.report.Json;
import io.fmviz.report.Manifest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir private Path parent;
  private Path folder;
  private OutputFolder output;

  @BeforeEach
  void nameAFolder() {
    folder = parent.resolve("save_image");
    output = new OutputFolder(folder, false);
  }

  private static Manifest listing(String... files) {
    return new Manifest("0", "visualize", true, null, null, Map.of(), null, List.of(files));
  }

  private Path put(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  private void prepare(Manifest planned, boolean force) {
    try (OutputFolder closing = new OutputFolder(folder, force)) {
      closing.prepare(planned);
    }
  }

  private List<String> names() throws IOException {
    try (var files = Files.walk(parent)) {
      return files
          .filter(f -> Files.isRegularFile(f) && !f.endsWith(".fmviz.lock"))
          .map(f -> parent.relativize(f).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void removesWhatTheOldManifestListsAndNothingElse() throws IOException {
    put("1-7/Conv2d_1.png");
    put("2-2/Conv2d_1.png");
    put("2-2/mine.txt");
    put("notes.txt");
    output.write(listing("1-7/Conv2d_1.png", "2-2/Conv2d_1.png"));

    prepare(listing("3-1/Conv2d_1.png"), false);

    assertThat(names())
        .containsExactly(
            "save_image/2-2/mine.txt", "save_image/manifest.json", "save_image/notes.txt");
    assertThat(folder.resolve("1-7")).doesNotExist();
    assertThat(Manifest.filesOf(new StringReader(Files.readString(output.manifest()))))
        .containsExactly("3-1/Conv2d_1.png");
  }

  @Test
  void makesAFolderThatIsNotThereAndTakesOneWithHiddenFilesOnly() throws IOException {
    prepare(listing(), false);
    assertThat(names()).containsExactly("save_image/manifest.json");
    Files.delete(output.manifest());
    put(".gitignore");
    prepare(listing(), false);
    assertThat(names()).containsExactly("save_image/.gitignore", "save_image/manifest.json");
  }

  @Test
  void refusesAFolderOfSomebodyElseUnlessForced() throws IOException {
    put("notes.txt");
    assertThatThrownBy(() -> prepare(listing(), false))
        .isInstanceOf(UserException.class)
        .hasMessage(
            folder
                + Settings.named(
                    " holds files, but no manifest.json written by fmviz: give another folder with {out}, or")
                + Settings.named(" {force} to write there anyway"));
    assertThat(names()).containsExactly("save_image/notes.txt");
    prepare(listing(), true);
    assertThat(names()).containsExactly("save_image/manifest.json", "save_image/notes.txt");
  }

  @Test
  void refusesToOverwriteAFileThatNoManifestListsUnlessForced() throws IOException {
    Path mine = put("1-7/Conv2d_1.png");
    output.write(listing("2-2/Conv2d_1.png"));
    assertThatThrownBy(() -> prepare(listing("1-7/Conv2d_1.png"), false))
        .isInstanceOf(UserException.class)
        .hasMessage(
            mine
                + Settings.named(" is not fmviz's: move it away, or give {force} to overwrite it"));
    assertThat(mine).hasContent("1-7/Conv2d_1.png");
    prepare(listing("1-7/Conv2d_1.png"), true);
    assertThat(mine).hasContent("1-7/Conv2d_1.png");
  }

  @Test
  void deletesNothingOutsideWhateverAManifestSays() throws IOException {
    Files.writeString(parent.resolve("Conv2d_1.png"), "outside");
    put("notes.txt");
    put("manifest.json");
    Files.writeString(
        output.manifest(),
        Json.line(
            Map.of(
                "fmviz",
                "0",
                "command",
                "visualize",
                "files",
                List.of("../Conv2d_1.png", parent + "/Conv2d_1.png", "notes.txt"))));
    prepare(listing(), false);
    assertThat(names())
        .containsExactly("Conv2d_1.png", "save_image/manifest.json", "save_image/notes.txt");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a link needs a right there")
  void deletesNothingBehindALink() throws IOException {
    Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("Conv2d_1.png"), "mine");
    Files.createDirectory(folder);
    Files.createSymbolicLink(folder.resolve("1-7"), elsewhere);
    output.write(listing("1-7/Conv2d_1.png"));
    prepare(listing(), false);
    assertThat(elsewhere.resolve("Conv2d_1.png")).hasContent("mine");
  }

  @Test
  void takesSomebodyElsesManifestForAStranger() throws IOException {
    put("photo.png");
    Path theirs = put("manifest.json");
    Files.writeString(theirs, "{\"files\": [\"photo.png\"], \"command\": \"x\"}");
    assertThatThrownBy(() -> prepare(listing(), false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(" holds files, but no manifest.json written by fmviz");
    prepare(listing(), true);
    assertThat(names()).containsExactly("save_image/manifest.json", "save_image/photo.png");
  }

  @Test
  void letsCommandsNestTheirFoldersWhicheverRunsFirst() throws IOException {
    Manifest dead =
        new Manifest("0", "dead", true, null, null, Map.of(), null, List.of("ReLU_1.png"));
    try (OutputFolder inner = new OutputFolder(folder.resolve("dead"), false)) {
      inner.prepare(dead);
    }
    put("dead/ReLU_1.png");
    prepare(listing("1-7/Conv2d_1.png"), false);
    prepare(listing("1-7/Conv2d_1.png"), false);
    assertThat(names())
        .containsExactly(
            "save_image/dead/ReLU_1.png",
            "save_image/dead/manifest.json",
            "save_image/manifest.json");
    try (OutputFolder inner = new OutputFolder(folder.resolve("dead"), false)) {
      inner.prepare(dead);
    }
    assertThat(names())
        .containsExactly("save_image/dead/manifest.json", "save_image/manifest.json");
  }

  @Test
  void saysSoWhereAFileStandsInPlaceOfTheFolder() throws IOException {
    Files.writeString(folder, "a file");
    assertThatThrownBy(() -> prepare(listing(), true))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("cannot write " + folder);
    assertThat(folder).hasContent("a file");
  }

  @Test
  void isOneProcessesAtATime() throws IOException {
    prepare(listing(), false);
    try (OutputFolder first = output;
        OutputFolder second = new OutputFolder(folder, true)) {
      first.prepare(listing("1-7/Conv2d_1.png"));
      assertThatThrownBy(() -> second.prepare(listing()))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "another fmviz is writing into "
                  + folder
                  + ": wait until it has finished, or name another folder");
    }
    assertThat(Manifest.filesOf(new StringReader(Files.readString(output.manifest()))))
        .containsExactly("1-7/Conv2d_1.png");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a link needs a right there")
  void followsALinkToTheFolderAndKeepsBoth() throws IOException {
    Path disk = Files.createDirectory(parent.resolve("disk"));
    Files.createSymbolicLink(folder, Path.of("disk"));
    prepare(listing("index.html"), false);
    put("index.html");
    prepare(listing(), false);
    assertThat(folder).isSymbolicLink();
    assertThat(names()).containsExactly("disk/manifest.json");
    Files.delete(disk.resolve("manifest.json"));
    Files.delete(disk.resolve(".fmviz.lock"));
    Files.delete(disk);
    assertThatThrownBy(() -> prepare(listing(), false))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "cannot write "
                + folder
                + ": it is a symbolic link that leads nowhere; make the folder that it names, or"
                + " move the link away");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a link needs a right there")
  void followsNoLinkBelowTheFolder() throws IOException {
    Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
    put("2-2/Conv2d_1.png");
    output.write(listing("1-7/Conv2d_1.png", "2-2/Conv2d_1.png"));
    Path link = Files.createSymbolicLink(folder.resolve("1-7"), elsewhere);
    for (boolean force : new boolean[] {false, true}) {
      assertThatThrownBy(() -> prepare(listing("1-7/Conv2d_1.png"), force))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "cannot write into "
                  + link
                  + ": it is a symbolic link, and what it leads to is not fmviz's; move the link"
                  + " away");
    }
    assertThat(elsewhere).isEmptyDirectory();
    assertThat(names()).containsExactly("save_image/2-2/Conv2d_1.png", "save_image/manifest.json");
    Files.delete(link);
    prepare(listing("1-7/Conv2d_1.png"), false);
    Files.createSymbolicLink(link, elsewhere);
    assertThatThrownBy(() -> output.write("1-7/Conv2d_1.png", stream -> stream.write('x')))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("cannot write into " + link + ": it is a symbolic link");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a link needs a right there")
  void takesALinkOrAFolderInPlaceOfAFileForSomebodyElses() throws IOException {
    Path mine = Files.writeString(parent.resolve("mine"), "mine");
    put("Conv2d_2.png");
    output.write(listing("Conv2d_1.png", "Conv2d_2.png"));
    Path there = Files.createSymbolicLink(folder.resolve("Conv2d_1.png"), mine);
    prepare(listing("Conv2d_2.png"), false);
    assertThat(there).isSymbolicLink();
    for (boolean force : new boolean[] {false, true}) {
      assertThatThrownBy(() -> prepare(listing("Conv2d_1.png"), force))
          .isInstanceOf(UserException.class)
          .hasMessage(there + " is not a file, and was not written by fmviz: move it away");
    }
    Files.delete(there);
    Files.createDirectory(there);
    put("Conv2d_2.png");
    assertThatThrownBy(() -> prepare(listing("Conv2d_1.png"), true))
        .isInstanceOf(UserException.class)
        .hasMessage(there + " is not a file, and was not written by fmviz: move it away");
    assertThat(folder.resolve("Conv2d_2.png")).exists();
    assertThat(mine).hasContent("mine");
  }

  @Test
  void keepsAFileThatComesWhileItIsWritten() throws IOException {
    prepare(listing("Conv2d_1.png"), false);
    Path mine = put("Conv2d_1.png");
    assertThatThrownBy(() -> output.write("Conv2d_1.png", stream -> stream.write('x')))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "cannot write "
                + mine
                + Settings.named(
                    ": it has appeared meanwhile; move it away, or give {force} to replace it"));
    assertThat(mine).hasContent("Conv2d_1.png");
    new OutputFolder(folder, true).write("Conv2d_1.png", stream -> stream.write('x'));
    assertThat(mine).hasContent("x");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  /** The manifest fits into a path of 4,095 bytes, and the picture doesn't. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void removesNothingWhereTheNewFilesHaveTooLongPaths() throws IOException {
    while (folder.toString().length() < 4_040 - 201) {
      folder = folder.resolve("x".repeat(200));
    }
    folder = folder.resolve("x".repeat(4_040 - folder.toString().length()));
    Files.createDirectories(folder);
    output = new OutputFolder(folder, false);
    output.write(listing("a.png"));
    put("a.png");
    String planned = "1-7/" + "y".repeat(60) + ".png";
    assertThatThrownBy(() -> prepare(listing(planned), false))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("cannot write ")
        .hasMessageEndingWith(": File name too long");
    assertThat(folder.resolve("a.png")).hasContent("a.png");
    assertThat(Manifest.filesOf(new StringReader(Files.readString(output.manifest()))))
        .containsExactly("a.png");
    assertThat(folder.resolve("1-7")).doesNotExist();
    prepare(listing("b.png"), false);
    assertThat(folder.resolve("a.png")).doesNotExist();
  }

  /** As where the disk is full, or the folder read-only. */
  @Test
  void removesNothingWhereNothingCanBeWritten() throws IOException {
    put("1-7/Conv2d_1.png");
    put("Conv2d_2.png");
    output.write(listing("1-7/Conv2d_1.png", "Conv2d_2.png"));
    put("2-2");
    assertThatThrownBy(() -> prepare(listing("2-2/Conv2d_1.png"), false))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "cannot write "
                + folder.resolve("2-2/Conv2d_1.png")
                + ": a file of that name is in the way");
    assertThat(names())
        .containsExactly(
            "save_image/1-7/Conv2d_1.png",
            "save_image/2-2",
            "save_image/Conv2d_2.png",
            "save_image/manifest.json");
  }
}
