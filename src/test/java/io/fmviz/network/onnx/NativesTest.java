package io.fmviz.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class NativesTest {
  @TempDir private Path folder;

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
