package io.fmviz.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/**
 * Maps as bytes for a page: for each map three float32, little-endian: the value of its byte 1, the
 * value of its byte 255, and its mean; then all maps' bytes, {@code (map, row, column)}. Byte 0 is
 * a non-finite value (NaN or infinite); 1 to 255 lead in equal steps from the one value to the
 * other. The pages' {@code maps.js} reads it.
 *
 * @param height of the maps
 * @param width of the maps
 * @param factor how much smaller each side is made: a byte stands for the mean of a square of so
 *     many values a side, or for non-finite if one of them is
 */
public record MapBytes(int height, int width, int factor) {
  /** What stands in the bytes of maps, for the scripts that read them. */
  public static final Format FORMAT = new Format(3 * Float.BYTES, 0, 1, 255);

  /** 2^52, where the next float64 is one more, and the byte of the smallest value. */
  private static final double WHOLE = 0x1p52 + FORMAT.lowest();

  /**
   * The numbers of the format.
   *
   * @param header bytes of a map before all maps' bytes
   * @param nonFinite the byte of a non-finite value
   * @param lowest the byte of the lowest value
   * @param highest the byte of the highest value
   */
  public record Format(int header, int nonFinite, int lowest, int highest) {}

  /** Maps in full. */
  public MapBytes(int height, int width) {
    this(height, width, 1);
  }

  /** Maps of which no side is longer than {@code most}. */
  public static MapBytes within(int height, int width, int most) {
    return new MapBytes(height, width, (Math.max(height, width) + most - 1) / most);
  }

  /** Rows of a map's bytes. */
  public int rows() {
    return (height + factor - 1) / factor;
  }

  /** Columns of a map's bytes. */
  public int columns() {
    return (width + factor - 1) / factor;
  }

  /** How many bytes stand for the values of so many maps. */
  public long size(int maps) {
    return (long) maps * rows() * columns();
  }

  /** All maps, each from its own smallest value to its own largest. */
  public byte[] of(float[] maps) {
    return of(maps, IntStream.range(0, maps.length / (height * width)).toArray());
  }

  /**
   * Some maps, each from its own smallest value to its own largest, as they are in full.
   *
   * @param maps {@code (maps, height, width)}, row by row
   * @param chosen their numbers
   */
  public byte[] of(float[] maps, int[] chosen) {
    MapRange[] ranges = new MapRange[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      ranges[i] = MapRange.of(maps, chosen[i] * height * width, height * width);
    }
    return of(maps, chosen, ranges, null);
  }

  /**
   * Some maps.
   *
   * @param ranges of each that is chosen
   * @param scale between which the bytes of all of them lead; null for each map's own range
   */
  public byte[] of(float[] maps, int[] chosen, MapRange[] ranges, MapRange scale) {
    int header = FORMAT.header() * chosen.length;
    byte[] bytes = new byte[Math.toIntExact(header + size(chosen.length))];
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int each = rows() * columns();
    for (int i = 0; i < chosen.length; i++) {
      int from = chosen[i] * height * width;
      MapRange ends = scale == null ? ranges[i] : scale;
      numbers.putFloat(ends.minimum()).putFloat(ends.maximum());
      numbers.putFloat((float) ranges[i].mean());
      if (factor == 1) {
        quantize(maps, from, each, ends, bytes, header + i * each);
      } else {
        quantize(shrunk(maps, from), 0, each, ends, bytes, header + i * each);
      }
    }
    return bytes;
  }

  /**
   * A map made smaller: the means of its squares, row by row. Those at the right and lower edge may
   * be smaller.
   *
   * @param from where the map begins
   */
  public float[] shrunk(float[] maps, int from) {
    float[] means = new float[rows() * columns()];
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
        means[at++] = (float) (sum / ((bottom - top) * (right - left)));
      }
    }
    return means;
  }

  /** Of a constant map, every finite value is the lowest. */
  private static void quantize(
      float[] values, int from, int size, MapRange ends, byte[] out, int to) {
    float low = ends.minimum();
    float high = ends.maximum();
    // In float64, where the difference of two float32 is always finite.
    int steps = FORMAT.highest() - FORMAT.lowest();
    double factor = high > low ? steps / ((double) high - low) : 0;
    for (int i = 0; i < size; i++) {
      float value = values[from + i];
      // Next to 2^52 a float64 is a whole number, and its lowest bits are that.
      long bits = Double.doubleToRawLongBits(((double) value - low) * factor + WHOLE);
      out[to + i] = (byte) (Float.isFinite(value) ? bits : FORMAT.nonFinite());
    }
  }
}
