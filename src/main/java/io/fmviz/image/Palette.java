package io.fmviz.image;

import java.awt.image.IndexColorModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * At most 256 colours that stand for those of some pictures: the same where there are no more, else
 * the first ones of colours that differ in their lowest bits only.
 */
final class Palette {
  private static final int SIZE = 256;
  private static final int BITS = 8;

  private final int mask;
  private final Map<Integer, Integer> indices = new LinkedHashMap<>();
  private final int[] colors = new int[SIZE];

  private Palette(int mask) {
    this.mask = mask;
  }

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
          int color = image.pixel(y, x);
          Integer known = indices.putIfAbsent(color & mask, indices.size());
          if (known == null) {
            if (indices.size() > SIZE) {
              return false;
            }
            colors[indices.size() - 1] = color;
          }
        }
      }
    }
    return true;
  }

  /** The index of a colour of the pictures. */
  int index(int color) {
    return indices.get(color & mask);
  }

  IndexColorModel colorModel() {
    byte[] red = new byte[SIZE];
    byte[] green = new byte[SIZE];
    byte[] blue = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      red[i] = (byte) (colors[i] >> 16);
      green[i] = (byte) (colors[i] >> 8);
      blue[i] = (byte) colors[i];
    }
    return new IndexColorModel(BITS, SIZE, red, green, blue);
  }
}
