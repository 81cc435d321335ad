package io.fmviz.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.pipeline.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a browser is started with: everybody on the machine can read it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@DisabledOnOs(OS.WINDOWS)
class OpeningTest {
  @TempDir private Path folder;
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final Progress progress = new Notes(notes);
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> handlers = new HashMap<>();
  private WebServer web;
  private Path temporary;

  /** Keeps what can be done without. */
  private record Notes(List<String> notes) implements Progress {
    @Override
    public void note(String line) {
      notes.add(line);
    }

    @Override
    public void warn(String line) {
      throw new AssertionError(line);
    }

    @Override
    public void result(String line) {
      throw new AssertionError(line);
    }

    @Override
    public void step(String task, long done, long total, String detail) {}
  }

  @BeforeEach
  void start() throws IOException {
    web =
        WebServer.start(
            new Address("127.0.0.1", 0, List.of()),
            Map.of("/", Reply.of("text/html", new byte[] {'a'})),
            Map.of("/api/size", (query, body, asker) -> Reply.json(body.length)),
            progress);
    temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  @AfterEach
  void stop() {
    web.close();
  }

  /** Writes down what it was started with, and the file that it is told to open. */
  private Browser browser() throws IOException {
    Path program = folder.resolve("browser");
    Files.writeString(
        program,
        "#!/bin/sh\nprintf %s \"$*\" > said.tmp; cp \"${1#file://}\" page 2>/dev/null; mv said.tmp said\n"
            .replace("said.tmp", folder.resolve("said.tmp").toString())
            .replace(" page ", " " + folder.resolve("page") + " ")
            .replace(" said\n", " " + folder.resolve("said") + "\n"));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new Browser(
        true,
        List.of(program.toString()),
        environment::get,
        kind -> handlers.getOrDefault(kind, ""));
  }

  private void open(long patience) throws IOException {
    new Opening(browser(), temporary, patience, progress).open(web);
  }

  private String said() throws Exception {
    Path said = folder.resolve("said");
    while (!Files.exists(said)) {
      Thread.sleep(5);
    }
    return Files.readString(said);
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.toList();
    }
  }

  private void waitUntilNothingIsLeft() throws Exception {
    while (!left().isEmpty()) {
      Thread.sleep(5);
    }
  }

  private String token() {
    return web.address().replaceAll(".*token=", "");
  }

  @Test
  void theBrowserGetsAFileThatOnlyTheUserCanReadAndItGoesWhenItWasUsed() throws Exception {
    open(50);
    assertThat(said()).matches("file://.*/open\\.html").doesNotContain(token());
    assertThat(Files.readString(folder.resolve("page"))).contains("0; url=" + web.address());
    Path made = left().get(0);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(made.resolve("open.html"))))
        .isEqualTo("rw-------");
    new RawClient(web.port(), "0".repeat(32)).ask("size", new byte[0]);
    assertThat(left()).isNotEmpty();
    RawClient.of(web).ask("size", new byte[0]);
    waitUntilNothingIsLeft();
    assertThat(notes).isEmpty();
  }

  @Test
  void theFileGoesThoughNobodyCame() throws Exception {
    open(1);
    waitUntilNothingIsLeft();
    assertThat(notes).containsExactly("no browser has opened the page: open the address in one");
  }

  @ParameterizedTest
  @CsvSource({
    "WSL_DISTRO_NAME, Debian, the browser is outside of WSL",
    "BROWSER, /snap/bin/firefox, 'the browser is a snap or a flatpak, which can''t read other programs'' files'"
  })
  void whereTheBrowserCannotReadTheFileNothingSecretIsOpened(
      String variable, String value, String why) throws Exception {
    environment.put(variable, value);
    open(50);
    assertThat(said()).isEqualTo(web.place());
    assertThat(left()).isEmpty();
    assertThat(notes).containsExactly(why + ": paste the address above into the page that opens");
  }

  @Test
  void anEditorGetsNoPage() throws Exception {
    handlers.put("text/html", "code.desktop");
    handlers.put("x-scheme-handler/http", "firefox.desktop");
    open(50);
    assertThat(said()).isEqualTo(web.place());
  }

  @Test
  void aFolderInWhichOthersMayRenameIsNotUsed() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> RedirectFile.to(web.address(), temporary))
        .isInstanceOf(IOException.class)
        .hasMessage("others may rename what is in " + temporary);
    open(50);
    assertThat(said()).isEqualTo(web.place());
    assertThat(left()).isEmpty();
  }

  @Test
  void whereThereIsNoBrowserNothingIsLeft() throws Exception {
    Browser none =
        new Browser(true, List.of(folder.resolve("none").toString()), environment::get, k -> "");
    new Opening(none, temporary, 50, progress).open(web);
    assertThat(left()).isEmpty();
    assertThat(notes).containsExactly("no browser was found: open the address in one");
  }

  @Test
  void everySystemHasItsOpener() {
    assertThat(Browser.opener("linux")).containsExactly("xdg-open");
    assertThat(Browser.opener("mac os x")).containsExactly("open");
    assertThat(Browser.opener("windows 11"))
        .containsExactly("rundll32", "url.dll,FileProtocolHandler");
  }
}
