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

  @Test
  void predictsNothingWhereALogitIsNoNumber() {
    for (float none : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] logits = {7, none, 1, 2, 3};
      assertThat(Logits.predicted(logits, 0, 3)).isEqualTo(Logits.NONE);
      assertThat(Logits.crossEntropy(logits, 0, 3, 0)).isNaN();
      assertThat(Logits.notNumbers(logits, 0, 3)).isEqualTo(1);
      assertThat(Logits.predicted(logits, 2, 3)).isEqualTo(2);
      assertThat(Logits.notNumbers(logits, 2, 3)).isZero();
    }
    assertThat(Logits.predicted(new float[] {Float.NaN, Float.NaN}, 0, 2)).isEqualTo(Logits.NONE);
  }
}
