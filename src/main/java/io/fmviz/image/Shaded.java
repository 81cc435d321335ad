package io.fmviz.image;

import java.util.function.IntFunction;

/**
 * Maps on their way to colours.
 *
 * @param unit all values, in [0, 1] from the first colour to the last, as {@link Normalize} makes
 *     them
 * @param scale what the colours stand for
 */
public record Shaded(float[] unit, Scale scale) {
  /**
   * What colours stand for.
   *
   * @param low the value at the first colour; null where each map has its own
   * @param high the value at the last colour, likewise
   */
  public record Scale(Colormap colormap, Float low, Float high) {
    static Scale of(float[] maps, Normalize normalize, Colormap colormap) {
      float least = Float.POSITIVE_INFINITY;
      float most = Float.NEGATIVE_INFINITY;
      for (float value : maps) {
        least = value < least ? value : least;
        most = value > most ? value : most;
      }
      Colormap meant = colormap.of(least < 0);
      if (normalize == Normalize.MAP) {
        return new Scale(meant, null, null);
      }
      boolean isFixed = normalize == Normalize.NONE || least > most;
      if (meant.isDiverging()) {
        float m = isFixed ? 1 : Math.max(Math.abs(least), Math.abs(most));
        return new Scale(meant, -m, m);
      }
      float low = isFixed || colormap == Colormap.AUTO ? 0 : least;
      return new Scale(meant, low, isFixed ? 1 : most);
    }
  }

  /**
   * Brings maps to a scale.
   *
   * @param maps {@code (channels, height, width)}; left as they are
   */
  public static Shaded of(float[] maps, int channels, Normalize normalize, Colormap colormap) {
    return of(maps, channels, normalize, colormap, float[]::new);
  }

  /** Likewise into memory that may have been used before, of at least so many values. */
  static Shaded of(
      float[] maps,
      int channels,
      Normalize normalize,
      Colormap colormap,
      IntFunction<float[]> memory) {
    Scale scale = Scale.of(maps, normalize, colormap);
    Normalize.Zero first = colormap == Colormap.AUTO ? Normalize.Zero.FIRST : Normalize.Zero.ANY;
    Normalize.Zero zero = scale.colormap().isDiverging() ? Normalize.Zero.MIDDLE : first;
    return new Shaded(normalize.apply(maps, channels, zero, memory), scale);
  }

  /** One map in colour, whose values begin at {@code offset}. */
  public RgbImage paint(int offset, int height, int width) {
    return scale.colormap().paint(unit, offset, height, width);
  }
}
