package io.fmviz.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MapBytesTest {
  @Test
  void bytesLeadFromEachMapsSmallestValueToItsLargest() {
    byte[] bytes = new MapBytes(2, 2).of(new float[] {-1, 0, 1, 3, 0, 0, 0, 0});
    assertThat(numbers(bytes, 0)).containsExactly(-1, 3, 0.75f);
    assertThat(numbers(bytes, 1)).containsExactly(0, 0, 0);
    assertThat(Arrays.copyOfRange(bytes, 24, 28)).containsExactly(1, 64, 128, 255);
    assertThat(Arrays.copyOfRange(bytes, 28, 32)).containsExactly(1, 1, 1, 1);
    assertThat(bytes).hasSize(32);
  }

  @Test
  void whatIsNoNumberIsByteZeroAndNotCounted() {
    byte[] bytes = new MapBytes(1, 4).of(new float[] {Float.NaN, 2, Float.POSITIVE_INFINITY, 4});
    assertThat(numbers(bytes, 0)).containsExactly(2, 4, 3);
    assertThat(Arrays.copyOfRange(bytes, 12, 16)).containsExactly(0, 1, 0, 255);
  }

  @Test
  void aMapWithoutAnyNumberHasNoRange() {
    byte[] bytes = new MapBytes(1, 2).of(new float[] {Float.NaN, Float.NEGATIVE_INFINITY});
    assertThat(numbers(bytes, 0)).containsExactly(Float.NaN, Float.NaN, Float.NaN);
    assertThat(Arrays.copyOfRange(bytes, 12, 14)).containsExactly(0, 0);
  }

  @Test
  void theWidestRangeDoesNotOverflow() {
    byte[] bytes = new MapBytes(1, 3).of(new float[] {-Float.MAX_VALUE, 0, Float.MAX_VALUE});
    assertThat(Arrays.copyOfRange(bytes, 12, 15)).containsExactly(1, 128, 255);
  }

  @Test
  void mapsThatAreMadeSmallerKeepTheirRange() {
    float[] maps = new float[24];
    float[] second = {0, 0, 4, 0, 0, 8, 1, 1, Float.NaN, 2, 2, -2};
    System.arraycopy(second, 0, maps, 12, 12);
    // 4 x 3 in squares of 2 x 2: the means 0 and 6 on top, 1.5 and NaN below.
    byte[] bytes = new MapBytes(4, 3, 2).of(maps, new int[] {1});
    assertThat(numbers(bytes, 0)).containsExactly(-2, 8, 16 / 11f);
    assertThat(Arrays.copyOfRange(bytes, 12, 16)).containsExactly(step(0), step(6), step(1.5), 0);
    assertThat(new MapBytes(4, 3, 2).size(1)).isEqualTo(4);
  }

  @Test
  void onOneScaleTheBytesOfAllMapsLeadBetweenItsEnds() {
    float[] maps = {0, 1, 2, 4};
    MapRange[] ranges = MapRange.each(maps, 2);
    byte[] bytes = new MapBytes(1, 2).of(maps, new int[] {0, 1}, ranges, MapRange.all(ranges));
    assertThat(numbers(bytes, 0)).containsExactly(0, 4, 0.5f);
    assertThat(numbers(bytes, 1)).containsExactly(0, 4, 3);
    assertThat(Arrays.copyOfRange(bytes, 24, 28)).containsExactly(1, 64, 128, 255);
  }

  @Test
  void noSideIsLongerThanIsAskedFor() {
    assertThat(MapBytes.within(64, 20, 64)).isEqualTo(new MapBytes(64, 20));
    MapBytes smaller = MapBytes.within(65, 20, 64);
    assertThat(new int[] {smaller.factor(), smaller.rows(), smaller.columns()})
        .containsExactly(2, 33, 10);
  }

  /** Of a map from -2 to 8. */
  private static byte step(double value) {
    return (byte) Math.round(1 + 254 * (value + 2) / 10);
  }

  /** Smallest, largest, mean. */
  private static float[] numbers(byte[] bytes, int map) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return new float[] {
      buffer.getFloat(12 * map), buffer.getFloat(12 * map + 4), buffer.getFloat(12 * map + 8)
    };
  }
}
