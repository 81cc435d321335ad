package io.fmviz.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PredictionTest {
  @Test
  void isTheClassOfTheLargestLogitOrNothing() {
    float[] logits = {9, 1, 3, Float.NaN, Float.NEGATIVE_INFINITY, 3};
    Prediction third = Prediction.of(logits, 1, 2);
    assertThat(third).isEqualTo(new Prediction(1, null));
    assertThat(third.text()).isEqualTo("1");
    Prediction none = Prediction.of(logits, 3, 3);
    assertThat(none).isEqualTo(new Prediction(null, 2L));
    assertThat(none.isKnown()).isFalse();
    assertThat(none.text()).isEqualTo("nothing");
  }
}
