package io.fmviz.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void listsThreeAndMoreNumbersInARowAsARange() {
    assertThat(Text.list(List.of())).isEmpty();
    assertThat(Text.list(List.of(7))).isEqualTo("7");
    assertThat(Text.list(List.of(12, 15, 16))).isEqualTo("12, 15, 16");
    assertThat(Text.list(List.of(0, 1, 2, 4, 6, 7, 8, 9))).isEqualTo("0-2, 4, 6-9");
  }

  @Test
  void writesNumbersWithTheDigitsTheyHave() {
    assertThat(Text.number(50)).isEqualTo("50");
    assertThat(Text.number(49.5)).isEqualTo("49.5");
    assertThat(Text.percent(0.01)).isEqualTo("1 %");
    assertThat(Text.percent(0.9999)).isEqualTo("99.99 %");
    assertThat(Text.percent(0)).isEqualTo("0 %");
    assertThat(Text.percent(1)).isEqualTo("100 %");
  }
}
