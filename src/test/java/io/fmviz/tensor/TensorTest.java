package io.fmviz.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class TensorTest {
  private static float half(int bits) {
    ByteBuffer data = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
    return new Tensor("F16", new long[] {1}, data.putShort(0, (short) bits))
        .toFloat32()
        .floats()[0];
  }

  /**
   * Every one of them, against the definition: sign, exponent with bias 15, fraction of 10 bits.
   */
  @Test
  void readsEveryHalf() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      double sign = bits >= 0x8000 ? -1 : 1;
      int exponent = (bits >> 10) & 31;
      double fraction = (bits & 1023) / 1024.0;
      double expected;
      if (exponent == 31) {
        expected = fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
      } else if (exponent == 0) {
        expected = sign * fraction * Math.pow(2, -14);
      } else {
        expected = sign * (1 + fraction) * Math.pow(2, exponent - 15);
      }
      assertThat((double) half(bits)).as("0x%04x", bits).isEqualTo(Double.valueOf(expected));
    }
  }

  @Test
  void keepsTheSignOfZeroAndTheFractionOfNaN() {
    assertThat(Float.floatToRawIntBits(half(0x8000))).isEqualTo(0x80000000);
    assertThat(Float.floatToRawIntBits(half(0xfe01))).isEqualTo(0xffc02000);
  }

  @Test
  void leavesFloat32Alone() {
    Tensor tensor = Tensor.of(new long[] {1}, new float[] {1});
    assertThat(tensor.toFloat32()).isSameAs(tensor);
  }
}
