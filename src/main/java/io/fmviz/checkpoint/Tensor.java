package io.fmviz.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One tensor of a safetensors file.
 *
 * @param type as the format names it: {@code F32}, {@code BF16}, ...
 * @param shape no dimension is negative; empty for a scalar
 * @param data little-endian, row by row
 */
public record Tensor(String type, long[] shape, ByteBuffer data) {
  static final String FLOAT32 = "F32";

  /** A float32 tensor. */
  public static Tensor of(long[] shape, float[] values) {
    ByteBuffer data = ByteBuffer.allocate(Float.BYTES * values.length);
    data.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return new Tensor(FLOAT32, shape, data);
  }

  /** The values of a float32 tensor. */
  public float[] floats() {
    if (!type.equals(FLOAT32)) {
      throw new IllegalStateException("a tensor of type " + type + " has no float32 values");
    }
    float[] values = new float[data.remaining() / Float.BYTES];
    data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
