package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThat;
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
  void aCharacterOfANameIsPlainOrALowLine() {
    for (int special :
        "/\\\\:*?\"<>|. ~$&'(\u0000\u007f\n\u0085\u202e\u200b\u3000\u2028".chars().toArray()) {
      assertThat(FileNames.plain(special)).as("u%04x", special).isEqualTo("_");
    }
    for (String plain : new String[] {"a", "Z", "0", "-", "_"}) {
      assertThat(FileNames.plain(plain.codePointAt(0))).isEqualTo(plain);
    }
  }

  /** Whatever the locale is of the machine that runs this. */
  @Test
  void aLetterOfAnotherScriptStaysOrIsItsCodePoint() {
    for (String letter : new String[] {"\u732b", "\u00e9", "\u0301", "\ud83d\udc31"}) {
      int codePoint = letter.codePointAt(0);
      String plain = FileNames.plain(codePoint);
      assertThat(plain).isIn(letter, "u%04x".formatted(codePoint));
      assertThatCode(() -> Path.of(plain)).doesNotThrowAnyException();
    }
  }

  @Test
  void aFoundFilePassesIfItsNameIsText() {
    assertThatCode(() -> FileNames.require(Path.of("pics/x y.png"))).doesNotThrowAnyException();
  }
}
