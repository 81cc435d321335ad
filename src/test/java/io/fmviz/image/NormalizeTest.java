package io.fmviz.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.image.Normalize.Zero;
import org.junit.jupiter.api.Test;

class NormalizeTest {
  private static final float NAN = Float.NaN;

  @Test
  void stretchesEachMapOrAllTogether() {
    float[] maps = {1, 3, -1, 0};
    assertThat(Normalize.MAP.apply(maps, 2, Zero.ANY)).containsExactly(0, 1, 0, 1);
    assertThat(Normalize.LAYER.apply(maps, 2, Zero.ANY)).containsExactly(0.5f, 1, 0, 0.25f);
    assertThat(Normalize.NONE.apply(maps, 2, Zero.ANY)).isSameAs(maps);
    assertThat(maps).containsExactly(1, 3, -1, 0);
  }

  @Test
  void turnsConstantMapsIntoZeros() {
    assertThat(Normalize.MAP.apply(new float[] {7, 7, -2, -2}, 2, Zero.ANY))
        .containsExactly(0, 0, 0, 0);
    assertThat(Normalize.LAYER.apply(new float[] {7, 7}, 2, Zero.ANY)).containsExactly(0, 0);
  }

  @Test
  void keepsZeroInTheMiddleOfADivergingMap() {
    float[] maps = {0, 4, -1, 0.5f};
    assertThat(Normalize.NONE.apply(maps, 2, Zero.MIDDLE)).containsExactly(0.5f, 2.5f, 0, 0.75f);
    assertThat(Normalize.MAP.apply(maps, 2, Zero.MIDDLE)).containsExactly(0.5f, 1, 0, 0.75f);
    assertThat(Normalize.LAYER.apply(maps, 2, Zero.MIDDLE))
        .containsExactly(0.5f, 1, 0.375f, 0.5625f);
    assertThat(Normalize.LAYER.apply(new float[] {0, 0}, 1, Zero.MIDDLE))
        .containsExactly(0.5f, 0.5f);
  }

  @Test
  void leavesNotANumberOutOfTheEnds() {
    assertThat(Normalize.LAYER.apply(new float[] {NAN, 2, 4}, 1, Zero.ANY))
        .containsExactly(NAN, 0, 1);
    assertThat(Normalize.MAP.apply(new float[] {NAN, -2, 1}, 1, Zero.MIDDLE))
        .containsExactly(NAN, 0, 0.75f);
    assertThat(Normalize.MAP.apply(new float[] {NAN}, 1, Zero.ANY)).containsExactly(NAN);
  }
}
