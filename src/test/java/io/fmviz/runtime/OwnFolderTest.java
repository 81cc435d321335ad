package io.fmviz.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "owners and rights are not looked at there")
class OwnFolderTest {
  private static final int NOBODY = 65534;

  @TempDir private Path temporary;
  private Path home;

  @BeforeEach
  void setUp() throws IOException {
    home = Files.createDirectory(temporary.toRealPath().resolve("home"));
    allow(home, "rwxr-xr-x");
  }

  private static void allow(Path path, String rights) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
  }

  private static void assertRefused(Path folder, String message) {
    assertThatThrownBy(() -> OwnFolder.require(folder))
        .isInstanceOf(UntrustedFolderException.class)
        .hasMessage(message);
  }

  @Test
  void whatIsMissingIsMadeForTheUserAlone() throws IOException {
    Path made = OwnFolder.make(home.resolve("a/b"));
    assertThat(made).isEqualTo(home.resolve("a/b")).isDirectory();
    for (Path folder : new Path[] {made, made.getParent()}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .isEqualTo("rwx------");
    }
    assertThatThrownBy(() -> OwnFolder.require(home.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void whatOthersCanWriteIsRefusedWhereverOnTheWayItIs() throws IOException {
    Path folder = OwnFolder.make(home.resolve("a/b"));
    for (Path open : new Path[] {folder, home}) {
      for (String rights : new String[] {"rwxrwx---", "rwx---rwx"}) {
        allow(open, rights);
        assertRefused(folder, open + " can be written by others");
      }
      allow(open, "rwxr-xr-x");
    }
    assertThat(OwnFolder.require(folder)).isEqualTo(folder);
  }

  @Test
  void nothingIsMadeInWhatOthersCanWrite() throws IOException {
    allow(home, "rwxrwxrwx");
    assertThatThrownBy(() -> OwnFolder.make(home.resolve("a")))
        .isInstanceOf(UntrustedFolderException.class)
        .hasMessage(home + " can be written by others");
    assertThat(home).isEmptyDirectory();
  }

  /** As in /tmp: others can put something beside, and not exchange it. */
  @Test
  void aStickyFolderMayLeadToOneOfTheUsersAndHoldsNoLibraries() throws IOException {
    Files.setAttribute(home, "unix:mode", 01777);
    assertThat(OwnFolder.make(home.resolve("mine"))).isDirectory();
    assertRefused(home, home + " can be written by others");
  }

  @Test
  void linksAreFollowedAndLookedAt() throws IOException {
    Path folder = OwnFolder.make(home.resolve("a/b"));
    Path link = Files.createSymbolicLink(home.resolve("link"), Path.of("a"));
    Path absolute = Files.createSymbolicLink(home.resolve("absolute"), link);
    assertThat(OwnFolder.require(absolute.resolve("../a/./b"))).isEqualTo(folder);
    allow(home.resolve("a"), "rwxrwxrwx");
    assertRefused(absolute.resolve("b"), home.resolve("a") + " can be written by others");
    Path round = Files.createSymbolicLink(home.resolve("round"), Path.of("round"));
    assertThatThrownBy(() -> OwnFolder.require(round)).isInstanceOf(FileSystemLoopException.class);
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "");
    assertThatThrownBy(() -> OwnFolder.make(file)).isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> OwnFolder.make(file.resolve("a")))
        .isInstanceOf(NotDirectoryException.class);
  }

  @Test
  void whatIsInAFilledFolderIsLookedAtToo() throws IOException {
    Path inner = Files.createDirectory(home.resolve("lib"));
    Path file = Files.writeString(inner.resolve("libtorch.so"), "");
    allow(file, "rw-r--r--");
    OwnFolder.requireAll(home);
    allow(file, "rw-rw-r--");
    assertThatThrownBy(() -> OwnFolder.requireAll(home))
        .isInstanceOf(UntrustedFolderException.class)
        .hasMessage(file + " can be written by others");
  }

  /** Only the administrator can give something to another user. */
  @Test
  void whatBelongsToAnotherUserIsRefused() throws IOException {
    Path folder = OwnFolder.make(home.resolve("a/b"));
    Path link = Files.createSymbolicLink(home.resolve("link"), folder);
    assumeTrue((Integer) Files.getAttribute(home, "unix:uid") == 0, "needs root");
    Files.setAttribute(link, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
    assertRefused(link, link + " belongs to another user");
    assertThat(OwnFolder.require(folder)).isEqualTo(folder);
    Files.setAttribute(home.resolve("a"), "unix:uid", NOBODY);
    assertRefused(folder, home.resolve("a") + " belongs to another user");
  }
}
