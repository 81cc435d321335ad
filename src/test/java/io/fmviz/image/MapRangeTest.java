package io.fmviz.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MapRangeTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private static MapRange of(float... values) {
    return MapRange.of(values, 0, values.length);
  }

  @Test
  void aRangeIsOfThePartThatIsMeant() {
    MapRange range = MapRange.of(new float[] {9, -1, 4, 3, -9}, 1, 3);
    assertThat(range).isEqualTo(new MapRange(-1, 4, 6, 3, 0));
    assertThat(range.mean()).isEqualTo(2);
    assertThat(range.isFinite()).isTrue();
  }

  @Test
  void nonFiniteValuesAreLeftOutAndCounted() {
    MapRange range = of(NAN, 2, INFINITY, 4, -INFINITY);
    assertThat(range).isEqualTo(new MapRange(2, 4, 6, 2, 3));
    assertThat(range.mean()).isEqualTo(3);
    assertThat(range.isFinite()).isFalse();
  }

  @Test
  void withoutAFiniteValueThereIsNoRange() {
    MapRange range = of(NAN, INFINITY);
    assertThat(range).isEqualTo(new MapRange(NAN, NAN, 0, 0, 2));
    assertThat(range.mean()).isNaN();
  }

  /** Infinities of both signs add up to NaN, and the largest values to no infinity. */
  @Test
  void aSumTellsOfEveryNonFiniteValueAndOfNoOther() {
    assertThat(of(INFINITY, -INFINITY, 1).nonFinite()).isEqualTo(2);
    assertThat(of(Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE))
        .isEqualTo(new MapRange(Float.MAX_VALUE, Float.MAX_VALUE, 3.0 * Float.MAX_VALUE, 3, 0));
  }

  @Test
  void aMapWithoutAFiniteValueSaysNothingOfTheLayersRange() {
    MapRange[] each = MapRange.each(new float[] {NAN, NAN, 5, 7, INFINITY, 6}, 3);
    assertThat(MapRange.all(each)).isEqualTo(new MapRange(5, 7, 18, 3, 3));
    assertThat(MapRange.all(each[0])).isEqualTo(new MapRange(NAN, NAN, 0, 0, 2));
  }
}
