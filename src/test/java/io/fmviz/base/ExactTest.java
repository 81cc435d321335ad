package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactTest {
  /** Where sizes come from files of others. */
  private static final List<String> PACKAGES =
      List.of("checkpoint", "dataset", "network", "tensor");

  private static final String SIZE =
      "[\\w.]*(?i:heights?|widths?|channels|rows|columns|sides?|size|shape|count|images|classes"
          + "|pixels|dims?|dimensions?|floats)(\\(\\))?(\\.get\\(\\w+\\)|\\[\\w+\\])?";

  /** Two of them with nothing but a multiplication between. */
  private static final Pattern BARE =
      Pattern.compile("(?<![\\w.])" + SIZE + "\\s*\\*\\s*(\\(\\w+\\)\\s*)?" + SIZE + "(?![\\w(])");

  private static final Pattern BARE_AGAIN = Pattern.compile("\\*=\\s*" + SIZE);

  /** Constants of our own, and places within what was allocated. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "\\bSIZE \\* |SIDE \\* SIDE|WIDTHS \\* PenWidth|isRowsOut \\? i :|^\\s*(\\*|//|/\\*)");

  @Test
  void isTheProductOrNone() {
    assertThat(Exact.product(3, 4, 5)).isEqualTo(60);
    assertThat(Exact.product()).isEqualTo(1);
    assertThat(Exact.product(1L << 31, 1 << 30)).isEqualTo(1L << 61);
    assertThat(Exact.product(List.of(2, 3L))).isEqualTo(6);
    assertThatThrownBy(() -> Exact.product(1 << 16, 1 << 16))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Exact.product(1L << 32, 1L << 32))
        .isInstanceOf(ArithmeticException.class);
    assertThat(Exact.atMost(List.of(1L << 32, 1L << 32))).isEqualTo(Long.MAX_VALUE);
    assertThat(Exact.atMost(List.of(1L << 32, 1L << 32, 0))).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int size = height * width;",
        "new byte[3 * picture.height() * picture.width()]",
        "(long) shape[0] * shape[1]",
        "node.size() * count",
        "step *= shape[i];"
      })
  void aBareProductWouldBeFound(String line) {
    assertThat(isBare(line)).isTrue();
  }

  private static boolean isBare(String line) {
    return !HARMLESS.matcher(line).find()
        && (BARE.matcher(line).find() || BARE_AGAIN.matcher(line).find());
  }

  /** What overflows is another size, and a calm wrong answer. */
  @Test
  void noSizesAreMultipliedOtherwise() throws IOException {
    List<String> found = new ArrayList<>();
    for (String name : PACKAGES) {
      try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/fmviz").resolve(name))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          Files.readAllLines(file).stream()
              .filter(ExactTest::isBare)
              .forEach(line -> found.add(file.getFileName() + ": " + line.strip()));
        }
      }
    }
    assertThat(found).isEmpty();
  }
}
