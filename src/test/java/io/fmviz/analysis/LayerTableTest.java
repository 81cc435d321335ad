package io.fmviz.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.network.torch.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerTableTest {
  @Test
  void countsAMultiplyAddAsTwoOperations() {
    long convolutions =
        28L * 28 * 32 * 9 + 14L * 14 * 64 * 32 * 9 + 7L * 7 * 128 * 64 * 9; // multiply-adds
    assertThat(flops(Topology.DIGITS.ofBase(32)))
        .isEqualTo(2 * (convolutions + 128 * 10))
        .isEqualTo(14_904_832);
    assertThat(flops(new ClassifierWidths(Topology.DIGITS, 3, List.of(1, 1, 1), 2)))
        .isEqualTo(2 * (28 * 28 * 27 + 14 * 14 * 9 + 7 * 7 * 9 + 2));
  }

  private static long flops(ClassifierWidths widths) {
    return LayerTable.flops(ClassifierNetwork.untrained(widths));
  }
}
