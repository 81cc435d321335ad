package io.fmviz.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void alignsEveryColumnToTheRight() {
    assertThat(new TextTable().row(List.of("label", "0")).row(List.of("9", "1,234")).lines())
        .containsExactly("label      0", "    9  1,234");
  }

  @Test
  void refusesARowOfAnotherLength() {
    TextTable table = new TextTable().row(List.of("a", "b"));
    assertThatThrownBy(() -> table.row(List.of("c")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row of 1 cells");
  }

  @Test
  void hasNoLinesWithoutRows() {
    assertThat(new TextTable().lines()).isEmpty();
  }
}
