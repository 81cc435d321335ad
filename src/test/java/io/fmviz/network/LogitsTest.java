package io.fmviz.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogitsTest {
  @Test
  void predictsTheLargestAndTheFirstOfEquals() {
    float[] logits = {9, 1, 3, 3, 2};
    assertThat(Logits.predicted(logits, 0, 5)).isZero();
    assertThat(Logits.predicted(logits, 1, 4)).isEqualTo(1);
  }

  @Test
  void crossEntropyDoesNotOverflow() {
    assertThat(Logits.crossEntropy(new float[] {1000, 0}, 0, 2, 1)).isEqualTo(1000);
    assertThat(Logits.crossEntropy(new float[] {0, 0, 0, 0}, 0, 4, 2))
        .isCloseTo(Math.log(4), within(1e-12));
  }
}
