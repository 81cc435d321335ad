package io.fmviz.image;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * 256 colours in place of 256 greys. Viridis and magma are matplotlib's, by Nathaniel Smith and
 * Stéfan van der Walt; coolwarm is Kenneth Moreland's diverging map ("Diverging Color Maps for
 * Scientific Visualization", ISVC 2009): blue below the middle, light grey there, red above.
 */
public enum Colormap {
  GRAY,
  VIRIDIS,
  MAGMA,
  COOLWARM,

  /**
   * The one that marks zero: {@link #COOLWARM} for values of which some are below it, else {@link
   * #MAGMA} from it on. Has no colours itself.
   */
  AUTO;

  /** What non-finite values are drawn in, a grey. */
  public static final int NON_FINITE = 0xc0c0c0;

  /** All but {@link #AUTO}. */
  public static final List<Colormap> WITH_COLORS = List.of(GRAY, VIRIDIS, MAGMA, COOLWARM);

  private static final int COLORS = 256;

  /** Read once colours are needed: the command line only wants the names. */
  private static final class Tables {
    static final Map<Colormap, int[]> COLORS = new EnumMap<>(Colormap.class);

    static {
      for (Colormap map : List.of(VIRIDIS, MAGMA, COOLWARM)) {
        Stream<String> lines = Resources.lines(map + ".txt").stream();
        COLORS.put(map, lines.mapToInt(line -> Integer.parseInt(line, 16)).toArray());
      }
    }
  }

  /** The one that is meant, where some of the values are below zero or none is. */
  public Colormap of(boolean negative) {
    Colormap meant = negative ? COOLWARM : MAGMA;
    return this == AUTO ? meant : this;
  }

  /** Whether its middle stands for zero, and its ends for equally large values of either sign. */
  public boolean isDiverging() {
    return this == COOLWARM;
  }

  /**
   * A colour, {@code 0xrrggbb}.
   *
   * @param index 0 to 255
   */
  public int color(int index) {
    return this == GRAY ? index * 0x010101 : Tables.COLORS.get(this)[index];
  }

  /** Red, green and blue of each colour. */
  public byte[] table() {
    byte[] table = new byte[COLORS * RgbImage.CHANNELS];
    for (int i = 0, at = 0; i < COLORS; i++) {
      int color = color(i);
      table[at++] = (byte) (color >> 16);
      table[at++] = (byte) (color >> 8);
      table[at++] = (byte) color;
    }
    return table;
  }

  /**
   * One map in colour.
   *
   * @param values {@code (height, width)} from {@code offset} on, in [0, 1] as {@link Normalize}
   *     makes them
   */
  public RgbImage paint(float[] values, int offset, int height, int width) {
    byte[] pixels = new byte[height * width * RgbImage.CHANNELS];
    int to = 0;
    for (int from = offset; from < offset + height * width; from++) {
      int color = color(FeatureMapGrid.grey(values[from]) & 0xff);
      pixels[to++] = (byte) (color >> 16);
      pixels[to++] = (byte) (color >> 8);
      pixels[to++] = (byte) color;
    }
    return new RgbImage(height, width, pixels);
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
