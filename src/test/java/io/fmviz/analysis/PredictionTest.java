package io.fmviz.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fmviz.network.Scores;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTest {
  @Test
  void isTheClassOfTheLargestLogitOrNothing() {
    float[] logits = {9, 1, 3, Float.NaN, Float.NEGATIVE_INFINITY, 3};
    Prediction third = Prediction.of(logits, 1, 2, List.of("a", "b"));
    assertThat(third).isEqualTo(new Prediction(1, "b", third.probability(), null, null, null));
    assertThat(third.probability()).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-12));
    assertThat(third.text()).isEqualTo("1");
    assertThat(third.inFull()).isEqualTo("1 b, 88.08 %");
    Prediction none = Prediction.of(logits, 3, 3, List.of());
    assertThat(none).isEqualTo(new Prediction(null, null, null, null, null, 2L));
    assertThat(none.isKnown()).isFalse();
    assertThat(none.text()).isEqualTo("nothing");
  }

  @Test
  void namesEveryLabelThatHoldsWithItsOwnProbability() {
    float[] logits = {0.5f, -3, 1.5f};
    Prediction both = Prediction.of(Scores.LABEL_LOGITS, logits, 0, 3, List.of("a", "b", "c"));
    assertThat(both.predicted()).isEqualTo(2);
    assertThat(both.labels()).extracting(Likely::name).containsExactly("c", "a");
    assertThat(both.named()).isEqualTo("2 c, 0 a");
    assertThat(both.inFull()).isEqualTo("2 c, 81.76 %; 0 a, 62.25 %");
    assertThat(both.isOf(0)).isTrue();
    assertThat(both.isOf(1)).isFalse();
    float[] none = {-0.25f, -3};
    assertThat(Prediction.of(Scores.LABEL_LOGITS, none, 0, 2, List.of("a")).inFull())
        .isEqualTo("no label, the likeliest is 0 a, 43.78 %");
  }

  @Test
  void aScoreIsNoClass() {
    Prediction score = Prediction.ofScore(3.5f);
    assertThat(score).isEqualTo(new Prediction(null, null, null, null, 3.5, null));
    assertThat(score.verb() + " " + score.inFull()).isEqualTo("score 3.5000");
    assertThat(score.isFinite()).isTrue();
    assertThat(Prediction.ofScore(Float.NaN).isFinite()).isFalse();
    assertThat(Prediction.ofScore(Float.NaN).notANumber()).isEqualTo(1);
  }
}
