package io.fmviz.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
  @ParameterizedTest
  @CsvSource({
    "0, , 80",
    "0, 40, 40",
    "132, , 132",
    "40, 132, 40",
    "132, 40, 40",
    "40, 0, 40",
    "40, wide, 40",
    "0, -1, 80"
  })
  void widthIsTheNarrowerThatIsKnown(int real, String columns, int width) {
    assertThat(Terminal.width(real, columns)).isEqualTo(width);
  }
}
