package io.fmviz.image;

import java.awt.image.IndexColorModel;
import java.util.Arrays;
import java.util.List;

/**
 * At most 256 colours, each with the number under which it came: all those of some pictures where
 * there are no more, else the first ones of colours that differ in their lowest bits only.
 */
final class Palette {
  private static final int SIZE = 256;
  private static final int BITS = 8;

  /** Places in the table of colours: four for each, so that few are looked at. */
  private static final int PLACES = 4 * SIZE;

  /** Fibonacci hashing: 2^32 divided by the golden ratio (Knuth, TAOCP 3, 6.4). */
  private static final int HASH = 0x9e3779b1;

  private static final int SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(PLACES);

  private final int mask;
  private final int[] colors = new int[SIZE];

  /** One more than the number of the colour that is there; 0 for none. */
  private final int[] places = new int[PLACES];

  private int count;

  /** An empty one that takes every colour for itself. */
  Palette() {
    this(0xffffff);
  }

  private Palette(int mask) {
    this.mask = mask;
  }

  /** One with all colours of the pictures, or with what stands for them. */
  static Palette of(List<RgbImage> images) {
    for (int dropped = 0; dropped < BITS; dropped++) {
      int channel = 0xff >> dropped << dropped;
      Palette palette = new Palette(channel * 0x010101);
      if (palette.addAll(images)) {
        return palette;
      }
    }
    throw new AssertionError("with one bit for each channel there are 8 colours");
  }

  private boolean addAll(List<RgbImage> images) {
    for (RgbImage image : images) {
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          if (index(image.pixel(y, x)) < 0) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /**
   * The number of a colour, a new one if it has none yet.
   *
   * @return from 0 to 255; -1 if there is no room for a new colour
   */
  int index(int color) {
    int place = ((color & mask) * HASH) >>> SHIFT;
    while (places[place] > 0) {
      int known = places[place] - 1;
      if (((colors[known] ^ color) & mask) == 0) {
        return known;
      }
      place = (place + 1) % PLACES;
    }
    if (count == SIZE) {
      return -1;
    }
    colors[count++] = color;
    places[place] = count;
    return count - 1;
  }

  /** Red, green and blue of each colour, in the order of their numbers. */
  byte[] table() {
    byte[] table = new byte[count * RgbImage.CHANNELS];
    for (int i = 0, at = 0; i < count; i++) {
      table[at++] = (byte) (colors[i] >> 16);
      table[at++] = (byte) (colors[i] >> 8);
      table[at++] = (byte) colors[i];
    }
    return table;
  }

  IndexColorModel colorModel() {
    byte[] all = Arrays.copyOf(table(), SIZE * RgbImage.CHANNELS);
    return new IndexColorModel(BITS, SIZE, all, 0, false);
  }
}
