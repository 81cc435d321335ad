package io.fmviz.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fmviz.network.Scores;
import java.util.List;
import org.junit.jupiter.api.Test;

class LikelyTest {
  @Test
  void theLikeliestComeFirstAndOfEqualsTheFirstClass() {
    float ln3 = (float) Math.log(3);
    List<Likely> likely =
        Likely.of(Scores.LOGITS, new float[] {0, ln3, 0, ln3}, List.of("cat", "dog"), 3);
    assertThat(likely).extracting(Likely::label).containsExactly(1, 3, 0);
    assertThat(likely).extracting(Likely::name).containsExactly("dog", null, "cat");
    assertThat(likely.get(0).probability()).isEqualTo(3 / 8.0, within(1e-7));
    assertThat(likely.get(2).probability()).isEqualTo(1 / 8.0, within(1e-7));
  }

  @Test
  void nothingIsLikelyWhereALogitIsNoNumber() {
    assertThat(Likely.of(Scores.LOGITS, new float[] {1, Float.NaN}, List.of(), 5)).isEmpty();
  }
}
