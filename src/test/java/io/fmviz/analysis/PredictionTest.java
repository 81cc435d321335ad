package io.fmviz.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTest {
  @Test
  void isTheClassOfTheLargestLogitOrNothing() {
    float[] logits = {9, 1, 3, Float.NaN, Float.NEGATIVE_INFINITY, 3};
    Prediction third = Prediction.of(logits, 1, 2, List.of("a", "b"));
    assertThat(third).isEqualTo(new Prediction(1, "b", third.probability(), null));
    assertThat(third.probability()).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-12));
    assertThat(third.text()).isEqualTo("1");
    assertThat(third.inFull()).isEqualTo("1 b, 88.08 %");
    Prediction none = Prediction.of(logits, 3, 3, List.of());
    assertThat(none).isEqualTo(new Prediction(null, null, null, 2L));
    assertThat(none.isKnown()).isFalse();
    assertThat(none.text()).isEqualTo("nothing");
  }
}
