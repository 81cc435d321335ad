package io.fmviz.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A layer's maps as bytes for a page: for each map its smallest value, its largest and its mean as
 * float32, little-endian, then all maps' bytes, {@code (map, row, column)}. Byte 0 is no number
 * (NaN or infinite); 1 to 255 lead in equal steps from the map's smallest value to its largest. The
 * page's {@code maps.js} reads it.
 */
public final class MapBytes {
  /** Smallest, largest, mean. */
  private static final int HEADER = 3 * Float.BYTES;

  private static final int STEPS = 254;

  private MapBytes() {}

  /** The bytes that so many maps take. */
  public static int size(int maps, int height, int width) {
    return Math.multiplyExact(maps, Math.addExact(HEADER, Math.multiplyExact(height, width)));
  }

  /**
   * Maps as bytes.
   *
   * @param maps {@code (maps, height, width)}, row by row
   */
  public static byte[] of(float[] maps, int height, int width) {
    int size = height * width;
    int count = maps.length / size;
    byte[] bytes = new byte[size(count, height, width)];
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int map = 0; map < count; map++) {
      write(maps, map * size, size, numbers, bytes, count * HEADER + map * size);
    }
    return bytes;
  }

  /** One map: its numbers, behind those before, and its bytes. */
  private static void write(
      float[] maps, int from, int size, ByteBuffer header, byte[] bytes, int to) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    double sum = 0;
    int numbers = 0;
    for (int i = from; i < from + size; i++) {
      float value = maps[i];
      if (Float.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
        sum += value;
        numbers++;
      }
    }
    if (numbers == 0) {
      low = Float.NaN;
      high = Float.NaN;
    }
    header.putFloat(low).putFloat(high).putFloat((float) (sum / numbers));
    quantize(maps, from, size, low, high, bytes, to);
  }

  private static void quantize(
      float[] maps, int from, int size, float low, float high, byte[] out, int to) {
    // In float64, where the difference of two float32 is always finite.
    double factor = high > low ? STEPS / ((double) high - low) : 0;
    for (int i = 0; i < size; i++) {
      float value = maps[from + i];
      out[to + i] =
          Float.isFinite(value) ? (byte) (1 + (int) (((double) value - low) * factor + 0.5)) : 0;
    }
  }
}
