package io.fmviz.network.onnx.file;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.util.List;

/** What a tensor's values are, by ONNX's numbers (TensorProto.DataType), as far as fmviz knows. */
public enum ElementType {
  FLOAT(1, 4, -3.4028235e38, 3.4028235e38, true),
  UINT8(2, 1, 0, 255, false),
  INT8(3, 1, -128, 127, false),
  INT32(6, 4, Integer.MIN_VALUE, Integer.MAX_VALUE, false),
  INT64(7, 8, Long.MIN_VALUE, Long.MAX_VALUE, false),
  BOOL(9, 1, 0, 1, false),
  FLOAT16(10, 2, -65_504, 65_504, true),
  DOUBLE(11, 8, -Double.MAX_VALUE, Double.MAX_VALUE, true),
  BFLOAT16(16, 2, -0x1.fep127, 0x1.fep127, true),
  OTHER(0, 1, 0, 0, false);

  private final int number;
  private final int bytes;
  private final double least;
  private final double most;
  private final boolean real;

  ElementType(int number, int bytes, double least, double most, boolean real) {
    this.number = number;
    this.bytes = bytes;
    this.least = least;
    this.most = most;
    this.real = real;
  }

  public static ElementType of(int number) {
    for (ElementType type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    return OTHER;
  }

  public int number() {
    return number;
  }

  public int bytes() {
    return bytes;
  }

  public double least() {
    return least;
  }

  public double most() {
    return most;
  }

  /** Whether it has a number, or of real ones one as near as can be. */
  public boolean takes(double value) {
    return value >= least && value <= most && (real || value == Math.rint(value));
  }

  /** Whether its values are real numbers. */
  public boolean isReal() {
    return real;
  }

  /** Whether its values stand for real numbers by a scale. */
  public boolean isQuantized() {
    return this == UINT8 || this == INT8;
  }

  /** One value of those in some bytes. */
  public double value(ByteBuffer bytes, int at) {
    return switch (this) {
      case FLOAT -> bytes.getFloat(at);
      case DOUBLE -> bytes.getDouble(at);
      case INT32 -> bytes.getInt(at);
      case INT64 -> bytes.getLong(at);
      case INT8 -> bytes.get(at);
      case UINT8, BOOL -> bytes.get(at) & 0xff;
      case FLOAT16 -> half(bytes.getShort(at));
      case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(at) << 16);
      case OTHER -> throw new IllegalStateException();
    };
  }

  /** Writes one value as {@link #value} reads it; of 16 bits, one that this type has. */
  public void put(ByteBuffer bytes, int at, double value) {
    switch (this) {
      case FLOAT -> bytes.putFloat(at, (float) value);
      case DOUBLE -> bytes.putDouble(at, value);
      case INT32 -> bytes.putInt(at, (int) value);
      case INT64 -> bytes.putLong(at, (long) value);
      case INT8, UINT8, BOOL -> bytes.put(at, (byte) (int) value);
      case BFLOAT16 -> bytes.putShort(at, (short) (Float.floatToRawIntBits((float) value) >>> 16));
      case FLOAT16 -> bytes.putShort(at, halfBits((float) value));
      case OTHER -> throw new IllegalStateException();
    }
  }

  /** The values of a tensor that has them in a field of their type. */
  public double[] fields(TensorProto tensor) {
    List<? extends Number> numbers =
        switch (this) {
          case FLOAT -> tensor.getFloatDataList();
          case DOUBLE -> tensor.getDoubleDataList();
          case INT64 -> tensor.getInt64DataList();
          default -> tensor.getInt32DataList();
        };
    return numbers.stream().mapToDouble(this::field).toArray();
  }

  /** Numbers of 16 bits stand in a field of integers as their bits. */
  private double field(Number number) {
    return switch (this) {
      case FLOAT16 -> half(number.shortValue());
      case BFLOAT16 -> Float.intBitsToFloat(number.shortValue() << 16);
      default -> number.doubleValue();
    };
  }

  /** IEEE 754's binary16: a sign, 5 bits of exponent, 10 of fraction. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float size =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> (0x400 | fraction) * (float) Math.pow(2, exponent - 25);
        };
    return bits < 0 ? -size : size;
  }

  /** The bits of a number that binary16 has. */
  private static short halfBits(float value) {
    int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
    float size = Math.abs(value);
    if (Float.isNaN(value) || size > 65_504) {
      return (short) (sign | (Float.isNaN(value) ? 0x7e00 : 0x7c00));
    }
    int exponent = size < 0x1p-14f ? 0 : Math.getExponent(size) + 15;
    int fraction =
        exponent == 0
            ? Math.round(size * 0x1p24f)
            : Math.round(size * (float) Math.pow(2, 25 - exponent)) - 0x400;
    return (short) (sign | (exponent << 10) + fraction);
  }
}
