package io.fmviz.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MapBytesTest {
  @Test
  void bytesLeadFromEachMapsSmallestValueToItsLargest() {
    byte[] bytes = MapBytes.of(new float[] {-1, 0, 1, 3, 0, 0, 0, 0}, 2, 2);
    assertThat(numbers(bytes, 0)).containsExactly(-1, 3, 0.75f);
    assertThat(numbers(bytes, 1)).containsExactly(0, 0, 0);
    assertThat(Arrays.copyOfRange(bytes, 24, 28)).containsExactly(1, 65, 128, 255);
    assertThat(Arrays.copyOfRange(bytes, 28, 32)).containsExactly(1, 1, 1, 1);
    assertThat(bytes).hasSize(MapBytes.size(2, 2, 2)).hasSize(32);
  }

  @Test
  void whatIsNoNumberIsByteZeroAndNotCounted() {
    byte[] bytes = MapBytes.of(new float[] {Float.NaN, 2, Float.POSITIVE_INFINITY, 4}, 1, 4);
    assertThat(numbers(bytes, 0)).containsExactly(2, 4, 3);
    assertThat(Arrays.copyOfRange(bytes, 12, 16)).containsExactly(0, 1, 0, 255);
  }

  @Test
  void aMapWithoutAnyNumberHasNoRange() {
    byte[] bytes = MapBytes.of(new float[] {Float.NaN, Float.NEGATIVE_INFINITY}, 1, 2);
    assertThat(numbers(bytes, 0)).containsExactly(Float.NaN, Float.NaN, Float.NaN);
    assertThat(Arrays.copyOfRange(bytes, 12, 14)).containsExactly(0, 0);
  }

  @Test
  void theWidestRangeDoesNotOverflow() {
    byte[] bytes = MapBytes.of(new float[] {-Float.MAX_VALUE, 0, Float.MAX_VALUE}, 1, 3);
    assertThat(Arrays.copyOfRange(bytes, 12, 15)).containsExactly(1, 128, 255);
  }

  /** Smallest, largest, mean. */
  private static float[] numbers(byte[] bytes, int map) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return new float[] {
      buffer.getFloat(12 * map), buffer.getFloat(12 * map + 4), buffer.getFloat(12 * map + 8)
    };
  }
}
