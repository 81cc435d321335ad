package io.fmviz.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class NativesTest {
  @TempDir private Path folder;

  private static Path cache(Map<String, String> environment, String system, String home) {
    return Natives.cache(environment::get, Map.of("os.name", system, "user.home", home)::get);
  }

  @Test
  void theFolderIsWhereTheSystemKeepsWhatCanBeMadeAgain() {
    String home = folder.toString();
    assertThat(cache(Map.of(), "Linux", home)).isEqualTo(folder.resolve(".cache/fmviz"));
    assertThat(cache(Map.of("XDG_CACHE_HOME", "/c"), "Linux", home)).isEqualTo(Path.of("/c/fmviz"));
    assertThat(cache(Map.of(), "Mac OS X", home)).isEqualTo(folder.resolve("Library/Caches/fmviz"));
    assertThat(cache(Map.of("LOCALAPPDATA", "L"), "Windows 11", home))
        .isEqualTo(Path.of("L/fmviz"));
    assertThat(cache(Map.of("FMVIZ_CACHE_DIR", "/mine"), "Linux", home))
        .isEqualTo(Path.of("/mine"));
    assertThat(cache(Map.of(), "Linux", "/no/such/home")).isNull();
  }

  @Test
  void librariesAreUnpackedOnceAndAgainWhereTheyAreDamaged() throws IOException {
    Path cache = folder.resolve("cache");
    Path unpacked = Natives.unpacked(cache);
    Path library = unpacked.resolve(System.mapLibraryName("onnxruntime4j_jni"));
    byte[] content = Files.readAllBytes(library);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unpacked)))
        .isEqualTo("rwx------");
    Object before = Files.getAttribute(library, "unix:ino");
    Natives.unpacked(cache);
    assertThat(Files.getAttribute(library, "unix:ino")).isEqualTo(before);
    byte[] damaged = content.clone();
    damaged[100] ^= 1;
    Files.write(library, damaged);
    Natives.unpacked(cache);
    assertThat(Files.readAllBytes(library)).isEqualTo(content);
  }

  @Test
  void aFolderThatOthersCanWriteIsNotUsed() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> Natives.unpacked(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(folder + " can be written by others");
  }
}
