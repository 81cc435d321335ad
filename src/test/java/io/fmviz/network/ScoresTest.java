package io.fmviz.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers are those of PyTorch's sigmoid, binary_cross_entropy and its _with_logits. */
class ScoresTest {
  private static final float[] LOGITS = {9, 1.5f, -0.25f, 0.5f};
  private static final float[] SHARES = {9, 0.75f, 0.25f, 0.125f};

  @Test
  void labelsHaveTheirOwnProbabilitiesEach() {
    assertThat(Scores.LABEL_LOGITS.probability(LOGITS, 1, 3, 0))
        .isCloseTo(0.8175744761936437, within(1e-15));
    assertThat(Scores.LABEL_LOGITS.probability(LOGITS, 1, 3, 1))
        .isCloseTo(0.43782349911420193, within(1e-15));
    assertThat(Scores.LABEL_LOGITS.loss(LOGITS, 1, 3, 1))
        .isCloseTo(1.1671432273472344, within(1e-15));
    assertThat(Scores.LABEL_PROBABILITIES.loss(SHARES, 1, 3, 1))
        .isCloseTo(0.968706704954768, within(1e-15));
    assertThat(Scores.LABEL_LOGITS.holding(LOGITS, 1, 3)).containsExactly(0, 2);
    assertThat(Scores.LABEL_PROBABILITIES.holding(SHARES, 1, 3)).containsExactly(0);
    assertThat(Scores.LABEL_LOGITS.isRight(LOGITS, 1, 3, 2)).isTrue();
    assertThat(Scores.LABEL_LOGITS.isRight(LOGITS, 1, 3, 1)).isFalse();
    assertThat(Scores.LABEL_LOGITS.isRight(LOGITS, 1, 3, -1)).isFalse();
  }

  @Test
  void probabilitiesAreTheNetworksOwn() {
    assertThat(Scores.PROBABILITIES.probability(SHARES, 1, 3, 0)).isEqualTo(0.75);
    assertThat(Scores.PROBABILITIES.loss(SHARES, 1, 3, 1))
        .isCloseTo(1.3862943611198906, within(1e-15));
    assertThat(Scores.PROBABILITIES.loss(new float[] {0, 1}, 0, 2, 0)).isEqualTo(100);
    assertThat(Scores.PROBABILITIES.holding(SHARES, 1, 3)).containsExactly(0);
    assertThat(Scores.PROBABILITIES.isRight(SHARES, 1, 3, 1)).isFalse();
  }

  @Test
  void oneLogitIsThatOfTheSecondOfTwoClasses() {
    float[] row = Scores.TWO_CLASSES.rows(new float[] {-0.75f, 2}, true);
    assertThat(row).containsExactly(0.75f, -0.75f, -2, 2);
    assertThat(Scores.TWO_CLASSES.probability(row, 0, 2, 1))
        .isCloseTo(0.320821300824607, within(1e-15));
    assertThat(Scores.TWO_CLASSES.probability(row, 0, 2, 0))
        .isCloseTo(1 - 0.320821300824607, within(1e-15));
    assertThat(Scores.TWO_CLASSES.loss(row, 0, 2, 1)).isCloseTo(1.1368710061148999, within(1e-15));
    assertThat(Scores.TWO_CLASSES.loss(row, 0, 2, 0)).isCloseTo(0.3868710061149, within(1e-15));
    assertThat(Scores.TWO_CLASSES.holding(row, 0, 2)).containsExactly(0);
    assertThat(Scores.TWO_CLASSES.holding(row, 2, 2)).containsExactly(1);
  }

  @Test
  void oneProbabilityIsThatOfTheSecondOfTwoClasses() {
    assertThat(Scores.PROBABILITIES.rows(new float[] {0.25f, 1}, true))
        .containsExactly(0.75f, 0.25f, 0, 1);
    float[] made = {0.25f, 0.75f};
    assertThat(Scores.PROBABILITIES.rows(made, false)).isSameAs(made);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"LOGITS", "PROBABILITIES", "TWO_CLASSES", "LABEL_LOGITS", "LABEL_PROBABILITIES"})
  void nothingHoldsWhereAValueIsNotFinite(Scores scores) {
    float[] values = {Float.NaN, 0.5f};
    assertThat(scores.probability(values, 0, 2, 1)).isNaN();
    assertThat(scores.loss(values, 0, 2, 1)).isNaN();
    assertThat(scores.holding(values, 0, 2)).isEmpty();
    assertThat(scores.isRight(values, 0, 2, 1)).isFalse();
  }
}
