package io.fmviz.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/**
 * A layer's maps as bytes for a page: for each map its smallest value, its largest and its mean as
 * float32, little-endian, then all maps' bytes, {@code (map, row, column)}. Byte 0 is a non-finite
 * value (NaN or infinite); 1 to 255 lead in equal steps from the map's smallest value to its
 * largest. The page's {@code maps.js} reads it.
 */
public final class MapBytes {
  /** Smallest, largest, mean. */
  private static final int HEADER = 3 * Float.BYTES;

  private static final int STEPS = 254;

  /** 2^52, where the next float64 is one more, and the byte of the smallest value. */
  private static final double WHOLE = 0x1p52 + 1;

  private MapBytes() {}

  /**
   * How many bytes stand for values.
   *
   * @param factor how much smaller each side of the maps is made
   */
  public static long size(int maps, int height, int width, int factor) {
    return (long) maps * smaller(height, factor) * smaller(width, factor);
  }

  /** A side of a map that is made smaller, its last pixel perhaps of fewer values. */
  public static int smaller(int side, int factor) {
    return (side + factor - 1) / factor;
  }

  /**
   * All maps as bytes.
   *
   * @param maps {@code (maps, height, width)}, row by row
   */
  public static byte[] of(float[] maps, int height, int width) {
    return of(maps, IntStream.range(0, maps.length / (height * width)).toArray(), height, width, 1);
  }

  /**
   * Some of the maps as bytes.
   *
   * @param chosen their numbers
   * @param factor how much smaller each side is made: a byte stands for the mean of a square of so
   *     many values a side, or for non-finite if one of them is; the smallest value, the largest
   *     and the mean are those of all values
   */
  public static byte[] of(float[] maps, int[] chosen, int height, int width, int factor) {
    int header = HEADER * chosen.length;
    long size = header + size(chosen.length, height, width, factor);
    byte[] bytes = new byte[Math.toIntExact(size)];
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] small = factor == 1 ? maps : new float[bytes.length];
    int each = smaller(height, factor) * smaller(width, factor);
    for (int i = 0; i < chosen.length; i++) {
      int from = chosen[i] * height * width;
      Range range = Range.of(maps, from, height * width);
      numbers.putFloat(range.low()).putFloat(range.high()).putFloat(range.mean());
      if (factor > 1) {
        shrink(maps, from, height, width, factor, small);
        from = 0;
      }
      quantize(small, from, each, range.low(), range.high(), bytes, header + i * each);
    }
    return bytes;
  }

  /** What the numbers of a map lie between; NaN if it has none. */
  private record Range(float low, float high, float mean) {
    /** Two values at a time: 0.1 ms for a digit's nine layers, where one takes 0.8. */
    static Range of(float[] maps, int from, int size) {
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      double even = 0;
      double odd = 0;
      int end = from + size;
      int i = from;
      for (; i + 1 < end; i += 2) {
        float v = maps[i];
        float w = maps[i + 1];
        even += v;
        odd += w;
        low = v < low ? v : low;
        low = w < low ? w : low;
        high = v > high ? v : high;
        high = w > high ? w : high;
      }
      if (i < end) {
        even += maps[i];
        low = maps[i] < low ? maps[i] : low;
        high = maps[i] > high ? maps[i] : high;
      }
      double sum = even + odd;
      // Whatever is not finite shows in the sum, which no float32 are enough to make infinite.
      return Double.isFinite(sum)
          ? new Range(low, high, (float) (sum / size))
          : ofNumbers(maps, from, size);
    }

    private static Range ofNumbers(float[] maps, int from, int size) {
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      double sum = 0;
      int numbers = 0;
      for (int i = from; i < from + size; i++) {
        if (Float.isFinite(maps[i])) {
          low = Math.min(low, maps[i]);
          high = Math.max(high, maps[i]);
          sum += maps[i];
          numbers++;
        }
      }
      return numbers == 0
          ? new Range(Float.NaN, Float.NaN, Float.NaN)
          : new Range(low, high, (float) (sum / numbers));
    }
  }

  /**
   * A map made smaller: each value is the mean of a square of the map's.
   *
   * @param from where the map begins
   * @param factor how long the squares' sides are; those at the right and lower edge may be shorter
   * @param to gets the means, row by row
   */
  public static void shrink(float[] maps, int from, int height, int width, int factor, float[] to) {
    int at = 0;
    for (int top = 0; top < height; top += factor) {
      int bottom = Math.min(top + factor, height);
      for (int left = 0; left < width; left += factor) {
        int right = Math.min(left + factor, width);
        double sum = 0;
        for (int y = top; y < bottom; y++) {
          for (int x = left; x < right; x++) {
            sum += maps[from + y * width + x];
          }
        }
        to[at++] = (float) (sum / ((bottom - top) * (right - left)));
      }
    }
  }

  /**
   * Some values as bytes: 1 for {@code low} to 255 for {@code high}, 0 for what is not finite.
   *
   * @param values of which {@code size} from {@code from} on lie between the two, or are not finite
   * @param out gets the bytes, from {@code to} on
   */
  public static void quantize(
      float[] values, int from, int size, float low, float high, byte[] out, int to) {
    // In float64, where the difference of two float32 is always finite.
    double factor = high > low ? STEPS / ((double) high - low) : 0;
    for (int i = 0; i < size; i++) {
      float value = values[from + i];
      // Next to 2^52 a float64 is a whole number, and its lowest bits are that.
      long bits = Double.doubleToRawLongBits(((double) value - low) * factor + WHOLE);
      out[to + i] = (byte) (Float.isFinite(value) ? bits : 0);
    }
  }
}
