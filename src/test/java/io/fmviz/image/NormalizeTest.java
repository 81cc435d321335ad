package io.fmviz.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NormalizeTest {
  private static final float NAN = Float.NaN;

  @Test
  void stretchesEachMapOrAllTogether() {
    float[] maps = {1, 3, -1, 0};
    assertThat(Normalize.MAP.apply(maps, 2, false)).containsExactly(0, 1, 0, 1);
    assertThat(Normalize.LAYER.apply(maps, 2, false)).containsExactly(0.5f, 1, 0, 0.25f);
    assertThat(Normalize.NONE.apply(maps, 2, false)).isSameAs(maps);
    assertThat(maps).containsExactly(1, 3, -1, 0);
  }

  @Test
  void turnsConstantMapsIntoZeros() {
    assertThat(Normalize.MAP.apply(new float[] {7, 7, -2, -2}, 2, false))
        .containsExactly(0, 0, 0, 0);
    assertThat(Normalize.LAYER.apply(new float[] {7, 7}, 2, false)).containsExactly(0, 0);
  }

  @Test
  void keepsZeroInTheMiddleOfADivergingMap() {
    float[] maps = {0, 4, -1, 0.5f};
    assertThat(Normalize.NONE.apply(maps, 2, true)).containsExactly(0.5f, 2.5f, 0, 0.75f);
    assertThat(Normalize.MAP.apply(maps, 2, true)).containsExactly(0.5f, 1, 0, 0.75f);
    assertThat(Normalize.LAYER.apply(maps, 2, true)).containsExactly(0.5f, 1, 0.375f, 0.5625f);
    assertThat(Normalize.LAYER.apply(new float[] {0, 0}, 1, true)).containsExactly(0.5f, 0.5f);
  }

  @Test
  void leavesNotANumberOutOfTheEnds() {
    assertThat(Normalize.LAYER.apply(new float[] {NAN, 2, 4}, 1, false)).containsExactly(NAN, 0, 1);
    assertThat(Normalize.MAP.apply(new float[] {NAN, -2, 1}, 1, true))
        .containsExactly(NAN, 0, 0.75f);
    assertThat(Normalize.MAP.apply(new float[] {NAN}, 1, false)).containsExactly(NAN);
  }
}
