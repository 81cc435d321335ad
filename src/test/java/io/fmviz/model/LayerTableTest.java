package io.fmviz.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LayerTableTest {
  @Test
  void countsAMultiplyAddAsTwoOperations() {
    long convolutions =
        28L * 28 * 32 * 9 + 14L * 14 * 64 * 32 * 9 + 7L * 7 * 128 * 64 * 9; // multiply-adds
    assertThat(LayerTable.of(ClassifierWidths.ofBase(32), 28, 28).flops())
        .isEqualTo(2 * (convolutions + 128 * 10))
        .isEqualTo(14_904_832);
    assertThat(LayerTable.of(new ClassifierWidths(3, 1, 1, 1, 2), 4, 4).flops())
        .isEqualTo(2 * (16 * 27 + 4 * 9 + 9 + 2));
  }
}
