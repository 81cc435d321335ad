package io.fmviz.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its temporary folder is the user's alone")
class UnpackFolderTest {
  @TempDir private Path temporary;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();

  @BeforeEach
  void setUp() {
    properties.put("java.io.tmpdir", temporary.toString());
  }

  private Map<String, String> settings(String home) {
    properties.put("user.home", home);
    return UnpackFolder.settings(environment::get, properties::get);
  }

  private Path ours() throws IOException {
    return temporary.resolve("fmviz-" + Files.getAttribute(temporary, "unix:uid"));
  }

  @Test
  void nothingIsSetWhereThereIsAHome() {
    assertThat(settings(temporary.toString())).isEmpty();
  }

  @Test
  void withoutAHomeBothUnpackIntoAFolderOfTheUsersAlone() throws IOException {
    for (String home : new String[] {"?", "/no/such/home", "/h\ufffdme", "."}) {
      assertThat(settings(home))
          .isEqualTo(Map.of("DJL_CACHE_DIR", ours().toString(), "jna.tmpdir", ours().toString()));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ours())))
          .isEqualTo("rwx------");
    }
    try (var files = Files.list(temporary)) {
      assertThat(files).containsExactly(ours());
    }
  }

  @Test
  void aFolderThatOthersMayHaveFilledIsRefused() throws IOException {
    Files.createDirectory(ours());
    Files.setPosixFilePermissions(ours(), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> settings("?"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "there is no home folder to unpack libtorch into, and "
                + ours()
                + " is no folder of yours alone; set DJL_CACHE_DIR to a folder that can be"
                + " written");
  }

  @Test
  void aLinkInItsPlaceIsRefused() throws IOException {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(ours(), elsewhere);
    assertThatThrownBy(() -> settings("?")).hasMessageContaining(" is no folder of yours alone");
  }

  @Test
  void withoutATemporaryFolderTheVariableIsNamed() {
    properties.put("java.io.tmpdir", temporary.resolve("none").toString());
    assertThatThrownBy(() -> settings("?"))
        .hasMessage(
            "there is no home folder to unpack libtorch into, and "
                + temporary.resolve("none")
                + " can't be written: no such file or folder; set DJL_CACHE_DIR to a folder that"
                + " can be written");
  }

  @Test
  void whatIsToldStands() {
    environment.put("DJL_CACHE_DIR", "/cache");
    assertThat(settings("?")).isEqualTo(Map.of("jna.tmpdir", temporary.toString()));
    properties.put("jna.tmpdir", "/jna");
    assertThat(settings("?")).isEmpty();
  }

  @Test
  void aFolderWhoseNameJavaDoesNotKnowIsNeverMade() {
    environment.put("XDG_CACHE_HOME", "/\ufffdbung");
    assertThat(settings(temporary.toString()))
        .isEqualTo(Map.of("jna.tmpdir", temporary.toString()));
    environment.put("DJL_CACHE_DIR", "/\ufffdbung");
    assertThatThrownBy(() -> settings(temporary.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Java can't name the folder that DJL_CACHE_DIR names");
  }
}
