package io.fmviz.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "owners and rights are not looked at there")
class LibraryPlacesTest {
  private static final LibrarySet JNA =
      new LibrarySet(
          "JNA",
          "jna-test",
          List.of(Library.of("com/sun/jna/linux-x86-64/libjnidispatch.so", "libjna.so")));

  @TempDir private Path temporary;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();

  @BeforeEach
  void setUp() throws IOException {
    temporary = temporary.toRealPath();
    properties.put("os.name", "Linux");
    properties.put("java.io.tmpdir", temporary.toString());
    properties.put("user.home", temporary.toString());
  }

  private LibraryPlaces torch() {
    return LibraryPlaces.ofTorch(environment::get, properties::get);
  }

  private LibraryPlaces others() {
    return LibraryPlaces.ofOthers(environment::get, properties::get);
  }

  private Path ours() throws IOException {
    return temporary.resolve("fmviz-" + Files.getAttribute(temporary, "unix:uid"));
  }

  private static Path open(Path folder) throws IOException {
    Files.createDirectories(folder);
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @Test
  void libtorchIsInDjlsFolderOfTheHomeOrWhereItIsTold() throws IOException {
    assertThat(torch().places()).containsExactly(temporary.resolve(".djl.ai"), ours());
    environment.put("DJL_CACHE_DIR", "/cache");
    assertThat(torch().places())
        .containsExactly(Path.of("/cache"), temporary.resolve(".djl.ai"), ours());
    environment.put("ENGINE_CACHE_DIR", "/engines");
    assertThat(torch().places().get(0)).isEqualTo(Path.of("/engines"));
    assertThat(torch().variable()).isEqualTo("DJL_CACHE_DIR");
  }

  @Test
  void othersAreBesideWhatElseIsKept() throws IOException {
    assertThat(others().places())
        .containsExactly(temporary.resolve(".cache/fmviz/libraries"), ours());
    environment.put("FMVIZ_CACHE_DIR", "/cache");
    assertThat(others().places()).containsExactly(Path.of("/cache/libraries"), ours());
    assertThat(others().variable()).isEqualTo("FMVIZ_CACHE_DIR");
  }

  @Test
  void withoutAHomeBothAreInAFolderOfTheUsersAlone() throws IOException {
    for (String home : new String[] {"?", "/no/such/home", "/h\ufffdme", "."}) {
      properties.put("user.home", home);
      assertThat(torch().places()).containsExactly(ours());
    }
    properties.put("user.home", "/h\ufffdme");
    assertThat(others().places()).containsExactly(ours());
    assertThat(torch().made()).isEqualTo(ours());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ours())))
        .isEqualTo("rwx------");
    try (var files = Files.list(temporary)) {
      assertThat(files).containsExactly(ours());
    }
  }

  @Test
  void aFolderInItsPlaceThatOthersMayHaveFilledIsRefused() throws IOException {
    properties.put("user.home", "?");
    open(ours());
    assertThatThrownBy(() -> torch().made())
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the PyTorch engine can't be started from its cache folder %s: %s can be written by"
                    .formatted(ours(), ours())
                + " others; set DJL_CACHE_DIR to a folder that can be written");
  }

  @Test
  void aLinkInItsPlaceIsRefused() throws IOException {
    properties.put("user.home", "?");
    Files.createSymbolicLink(ours(), Files.createDirectory(temporary.resolve("elsewhere")));
    assertThatThrownBy(() -> torch().made()).hasMessageContaining(ours() + " is a link");
  }

  @Test
  void aFolderWhoseNameJavaDoesNotKnowIsNeverMade() throws IOException {
    environment.put("XDG_CACHE_HOME", "/\ufffdbung");
    assertThat(others().places()).containsExactly(ours());
    environment.put("DJL_CACHE_DIR", "/\ufffdbung");
    assertThatThrownBy(this::torch)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Java can't name the folder that DJL_CACHE_DIR names");
  }

  @Test
  void aFolderThatOthersCanWriteIsPassedOver() throws IOException {
    Path shared = open(temporary.resolve("shared"));
    environment.put("FMVIZ_CACHE_DIR", shared.toString());
    assertThat(others().found(JNA)).isNull();
    LibraryPlaces.Found unpacked = others().unpacked(JNA);
    assertThat(unpacked.folder()).isEqualTo(ours().resolve("jna-test"));
    assertThat(unpacked.passedOver()).containsExactly(shared + " can be written by others");
    assertThat(others().found(JNA)).isEqualTo(unpacked);
    assertThat(shared).isEmptyDirectory();
  }

  @Test
  void whereThereIsNoRoomASmallOneGoesElsewhereAndALargeOneSaysSo() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");
    environment.put("FMVIZ_CACHE_DIR", file.toString());
    assertThat(others().unpacked(JNA).folder()).isEqualTo(ours().resolve("jna-test"));
    environment.put("DJL_CACHE_DIR", file.toString());
    assertThatThrownBy(() -> torch().unpacked(JNA))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "JNA can't be started from its cache folder %s: cannot write %s: a file of that name"
                    .formatted(file, file)
                + " is in the way (it takes 1 MB); set DJL_CACHE_DIR to a folder that can be"
                + " written");
  }

  @Test
  void whatTheJarDoesNotHoldIsInAFolderOfWhichAllIsTheUsers() throws IOException {
    Path djl = Files.createDirectories(temporary.resolve(".djl.ai/pytorch"));
    assertThat(torch().filled("x", "pytorch").folder()).isEqualTo(djl);
    Path library = Files.writeString(djl.resolve("libtorch.so"), "");
    Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rw-rw-rw-"));
    LibraryPlaces.Found found = torch().filled("x", "pytorch");
    assertThat(found.folder()).isEqualTo(ours().resolve("pytorch"));
    assertThat(found.passedOver()).containsExactly(library + " can be written by others");
  }
}
