package io.fmviz.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/**
 * One tensor of a file, whatever the file's format.
 *
 * @param type as safetensors names it: {@code F32}, {@code BF16}, ...
 * @param shape no dimension is negative; empty for a scalar
 * @param data little-endian, row by row
 */
public record Tensor(String type, long[] shape, ByteBuffer data) implements StoredTensor {
  public static final String FLOAT32 = "F32";

  /** More dimensions than any tensor of use has. */
  static final int MAX_RANK = 32;

  /** Bytes of one value, by type. */
  static final Map<String, Integer> SIZES =
      Map.ofEntries(
          Map.entry("BOOL", 1),
          Map.entry("U8", 1),
          Map.entry("I8", 1),
          Map.entry("F8_E4M3", 1),
          Map.entry("F8_E5M2", 1),
          Map.entry("I16", 2),
          Map.entry("U16", 2),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("I32", 4),
          Map.entry("U32", 4),
          Map.entry(FLOAT32, 4),
          Map.entry("F64", 8),
          Map.entry("I64", 8),
          Map.entry("U64", 8));

  /** The types that {@link #toFloat32} takes. */
  static final Set<String> FLOATING = Set.of("F16", "BF16", FLOAT32, "F64");

  /** A float32 tensor. */
  public static Tensor of(long[] shape, float[] values) {
    ByteBuffer data = ByteBuffer.allocate(Float.BYTES * values.length);
    data.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return new Tensor(FLOAT32, shape, data);
  }

  @Override
  public Tensor read() {
    return this;
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

  /** How many values of a float32 tensor are NaN or infinite. */
  public long notNumbers() {
    FloatBuffer values = data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    long count = 0;
    while (values.hasRemaining()) {
      count += Float.isFinite(values.get()) ? 0 : 1;
    }
    return count;
  }

  /** A copy of the data. */
  public byte[] bytes() {
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    return bytes;
  }

  /**
   * The same numbers as float32. Those of {@code F16} and {@code BF16} stay what they are, those of
   * {@code F64} are rounded to the nearest, and a float32 tensor's bits are not touched.
   */
  public Tensor toFloat32() {
    if (type.equals(FLOAT32)) {
      return this;
    }
    ByteBuffer from = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int size = SIZES.get(type);
    float[] values = new float[from.remaining() / size];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case "F64" -> (float) from.getDouble(from.position() + i * size);
            case "F16" -> halfToFloat(from.getShort(from.position() + i * size));
            // A bfloat16 is the upper half of a float32.
            case "BF16" -> Float.intBitsToFloat(from.getShort(from.position() + i * size) << 16);
            default -> throw new IllegalStateException("a tensor of type " + type + " is no float");
          };
    }
    return of(shape, values);
  }

  /** IEEE 754 binary16: a sign, five bits of exponent with bias 15, ten bits of fraction. */
  private static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      return Math.copySign(fraction * 0x1p-24f, Float.intBitsToFloat(sign));
    }
    // Infinity and NaN keep the largest exponent; others move from bias 15 to 127.
    int widened = exponent == 0x1f ? 0xff : exponent + 127 - 15;
    return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
  }
}
