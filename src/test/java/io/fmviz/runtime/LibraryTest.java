package io.fmviz.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryTest {
  @TempDir private Path folder;

  private static List<String> listed() throws IOException {
    List<String> resources = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Library.class.getResourceAsStream("libraries.txt"), StandardCharsets.UTF_8))) {
      lines.lines().forEach(line -> resources.add(line.split(" ", -1)[2]));
    }
    return resources;
  }

  /** If not, a version in pom.xml is new: run scripts/libraries. */
  @Test
  void theListHoldsWhatTheJarsHold() throws IOException {
    List<String> here = new ArrayList<>();
    for (String resource : listed()) {
      try (InputStream in = Library.class.getResourceAsStream("/" + resource)) {
        if (in != null) {
          here.add(resource);
          assertThat(Library.of(resource, "x")).isEqualTo(Library.measured(resource, "x", in));
        }
      }
    }
    assertThat(here)
        .contains("com/sun/jna/linux-x86-64/libjnidispatch.so")
        .anyMatch(resource -> resource.startsWith("pytorch/cpu/"))
        .anyMatch(resource -> resource.startsWith("jnilib/"))
        .anyMatch(resource -> resource.startsWith("ai/onnxruntime/"));
  }

  @Test
  void whatTheJarsDontHoldIsNoLibrary() {
    assertThat(Library.of("com/sun/jna/none/libjnidispatch.so", "x")).isNull();
  }

  /** SHA-256 of "abc", from FIPS 180-2, and of that. */
  @Test
  void aDigestIsTheHashOfItsPiecesHashes() throws IOException {
    Path file = Files.writeString(folder.resolve("abc"), "abc");
    try (InputStream in = Files.newInputStream(file);
        FileChannel channel = FileChannel.open(file)) {
      Library library = Library.measured("abc", "abc", in);
      assertThat(library.size()).isEqualTo(3);
      assertThat(library.pieces()).isEqualTo(1);
      assertThat(library.piece(channel, 0))
          .asHexString()
          .isEqualToIgnoringCase(
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
      assertThat(library.digest())
          .isEqualTo("4f8b42c22dd3729b519ba6f68d2da7cc5b2d606d05daed5ad5128cc03e6c6358");
    }
  }

  @Test
  void piecesOfAFileAreHashedToItsEnd() throws IOException {
    byte[] bytes = new byte[2 * Library.PIECE + 3];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ((i * 31) >> 4);
    }
    Path file = Files.write(folder.resolve("large"), bytes);
    Library library;
    try (InputStream in = Files.newInputStream(file)) {
      library = Library.measured("large", "large", in);
    }
    assertThat(library.pieces()).isEqualTo(3);
    LibrarySet set = new LibrarySet("large", "large", List.of(library));
    // Whatever umask says.
    assertThat(file.toFile().setWritable(false, false)).isTrue();
    assertThat(file.toFile().setWritable(true, true)).isTrue();
    assertThat(set.damaged(folder)).isEmpty();
    for (int at : new int[] {0, Library.PIECE, bytes.length - 1}) {
      bytes[at] ^= 1;
      Files.write(file, bytes);
      assertThat(set.damaged(folder)).containsExactly(library);
      bytes[at] ^= 1;
    }
  }
}
