package io.fmviz.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Libraries that are nobody's here: JNA's for two machines. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "owners and rights are not looked at there")
class LibrarySetTest {
  private static final String RESOURCE = "com/sun/jna/linux-x86-64/libjnidispatch.so";
  private static final Library FIRST = Library.of(RESOURCE, "libfirst.so");
  private static final LibrarySet BOTH =
      new LibrarySet(
          "JNA",
          "jna-test",
          List.of(
              FIRST, Library.of("com/sun/jna/linux-aarch64/libjnidispatch.so", "libsecond.so.1")));

  @TempDir private Path temporary;
  private Path place;

  @BeforeEach
  void setUp() throws IOException {
    place = temporary.toRealPath().resolve("place");
  }

  private static byte[] content() throws IOException {
    try (InputStream in = Library.class.getResourceAsStream("/" + RESOURCE)) {
      return in.readAllBytes();
    }
  }

  private static Object inode(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }

  @Test
  void librariesAreUnpackedOnceForTheUserAlone() throws IOException {
    assertThat(BOTH.found(place)).isNull();
    assertThat(place).doesNotExist();
    Path folder = BOTH.unpacked(place);
    assertThat(folder).isEqualTo(place.resolve("jna-test"));
    Path library = folder.resolve("libfirst.so");
    assertThat(library).hasBinaryContent(content());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(library)))
        .matches("rw-[r-]--[r-]--");
    Object before = inode(library);
    assertThat(BOTH.found(place)).isEqualTo(folder);
    BOTH.unpacked(place);
    assertThat(inode(library)).isEqualTo(before);
    try (var files = Files.list(place)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("jna-test", ".fmviz.lock");
    }
  }

  /** Makes something else of a library. */
  @FunctionalInterface
  private interface Damage {
    void to(Path library) throws IOException;
  }

  private void assertMended(Damage damage) throws IOException {
    Path folder = BOTH.unpacked(place);
    Path library = folder.resolve("libfirst.so");
    Object other = inode(folder.resolve("libsecond.so.1"));
    damage.to(library);
    assertThat(BOTH.found(place)).isNull();
    BOTH.unpacked(place);
    assertThat(library).hasBinaryContent(content());
    assertThat(Files.isSymbolicLink(library)).isFalse();
    assertThat(BOTH.found(place)).isEqualTo(folder);
    assertThat(inode(folder.resolve("libsecond.so.1"))).isEqualTo(other);
  }

  @Test
  void whatIsOtherThanInTheJarIsUnpackedAnew() throws IOException {
    assertMended(Files::delete);
    assertMended(library -> Files.write(library, new byte[0]));
    assertMended(library -> Files.write(library, Arrays.copyOf(content(), 70_000)));
    assertMended(library -> Files.write(library, Arrays.copyOf(content(), content().length + 1)));
    assertMended(
        library -> {
          byte[] bytes = content();
          bytes[bytes.length - 1] ^= 1;
          Files.write(library, bytes);
        });
  }

  /** The same bytes, which another user could change between the look and the load. */
  @Test
  void whatOthersCanWriteIsUnpackedAnew() throws IOException {
    assertMended(
        library ->
            Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rw-rw-rw-")));
    Path elsewhere = Files.write(temporary.resolve("elsewhere.so"), content());
    assertMended(
        library -> {
          Files.delete(library);
          Files.createSymbolicLink(library, elsewhere);
        });
  }

  @Test
  void aFolderWithLibrariesOfOthersIsRefused() throws IOException {
    Path folder = BOTH.unpacked(place);
    Path bridge = Files.writeString(folder.resolve("0.1.0-libdjl_torch.so"), "another DJL's");
    Files.writeString(folder.resolve("jni123tmp"), "no library");
    assertThat(BOTH.found(place)).isEqualTo(folder);
    Path evil = Files.writeString(folder.resolve("libevil.so.2"), "");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> BOTH.found(place))
          .isInstanceOf(UntrustedFolderException.class)
          .hasMessage(evil + " is not one of the jar's libraries");
      assertThatThrownBy(() -> BOTH.unpacked(place)).isInstanceOf(UntrustedFolderException.class);
      assertThat(bridge).exists();
      Files.delete(evil);
      Files.createDirectory(evil);
    }
  }

  /** A process that was killed while it unpacked can't do it itself. */
  @Test
  void whatAKilledProcessLeftGoesWithTheNextUnpacking() throws IOException {
    OwnFolder.make(place);
    Path left = Files.writeString(place.resolve(".libfirst.so.4711-1.tmp"), "half of it");
    Path other = Files.writeString(place.resolve("tmp123"), "somebody's");
    BOTH.unpacked(place);
    assertThat(left).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void aJarThatIsDamagedIsSaidToBe() {
    Library wrong = new Library(RESOURCE, "libfirst.so", FIRST.size(), "0".repeat(64));
    assertThatThrownBy(() -> new LibrarySet("JNA", "jna-test", List.of(wrong)).unpacked(place))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(UserException.class)
        .hasMessage(
            RESOURCE + " isn't what it was when fmviz was built: build or copy the jar again");
  }
}
