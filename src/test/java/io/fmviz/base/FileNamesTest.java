package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileNamesTest {
  private static void require(String typed, Charset encoding, String... args) {
    FileNames.requireTyped(args, typed.getBytes(StandardCharsets.UTF_8), encoding);
  }

  @Test
  void argumentsThatAreAsTypedPass() {
    assertThatCode(
            () -> {
              require("java\0-jar\0", StandardCharsets.US_ASCII);
              require(
                  "java\0x\0--layers\0Conv?\0\0",
                  StandardCharsets.US_ASCII,
                  "--layers",
                  "Conv?",
                  "");
              require("java\0x\0\u00dcbung\0", StandardCharsets.UTF_8, "\u00dcbung");
              FileNames.requireTyped("summary");
            })
        .doesNotThrowAnyException();
  }

  @Test
  void anArgumentOutsideOfTheLocalesEncodingIsRefused() {
    for (String read : new String[] {"m/\ufffd\ufffd", "m/??"}) {
      assertThatThrownBy(
              () -> require("java\0a\0m/\u00dc\0b\0", StandardCharsets.US_ASCII, "a", read, "b"))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(
              "Java can't name \""
                  + read
                  + "\" in this locale, which knows ASCII only: set LANG=C.UTF-8");
    }
  }

  @Test
  void anArgumentThatIsNoUtf8IsRefused() {
    byte[] typed = {'j', 0, (byte) 0xdc, 0};
    assertThatThrownBy(
            () -> FileNames.requireTyped(new String[] {"\ufffd"}, typed, StandardCharsets.UTF_8))
        .hasMessage("Java can't name \"\ufffd\": its name isn't UTF-8, so give it another");
  }

  @Test
  void aFoundFilePassesIfItsNameIsText() {
    assertThatCode(() -> FileNames.require(Path.of("pics/x y.png"))).doesNotThrowAnyException();
  }
}
