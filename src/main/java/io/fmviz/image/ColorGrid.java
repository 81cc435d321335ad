package io.fmviz.image;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Maps in colours, laid out as {@link FeatureMapGrid} does it. It makes what a {@link TileSheet}
 * without labels would, without an object for each map.
 *
 * @param scale every pixel of a map becomes a square of as many by as many
 * @param gap pixels between the maps and around them
 * @param columns maps in a row
 * @param background grey of the gaps, from 0 (black) to 1 (white)
 */
record ColorGrid(int scale, int gap, int columns, float background) {
  /**
   * Draws maps.
   *
   * @param memory gives an array of at least so many bytes
   */
  RgbImage draw(Shaded maps, int count, int height, int width, IntFunction<byte[]> memory) {
    TilePlaces places = TilePlaces.grid(count, columns, height * scale, width * scale, gap);
    int high = places.height();
    int wide = places.width();
    PictureSize.check(high, wide);
    int size = high * wide * RgbImage.CHANNELS;
    byte[] pixels = memory.apply(size);
    Arrays.fill(pixels, 0, size, FeatureMapGrid.grey(background));
    int rowBytes = wide * RgbImage.CHANNELS;
    for (int map = 0; map < count; map++) {
      int at = (places.top(map) * wide + places.left(map)) * RgbImage.CHANNELS;
      for (int row = 0; row < height; row++) {
        paint(maps, (map * height + row) * width, width, pixels, at);
        for (int copy = 1; copy < scale; copy++) {
          int length = width * scale * RgbImage.CHANNELS;
          System.arraycopy(pixels, at, pixels, at + copy * rowBytes, length);
        }
        at += scale * rowBytes;
      }
    }
    return RgbImage.in(pixels, high, wide);
  }

  private void paint(Shaded maps, int from, int width, byte[] pixels, int at) {
    Colormap colormap = maps.scale().colormap();
    int to = at;
    for (int i = from; i < from + width; i++) {
      int color = colormap.color(FeatureMapGrid.grey(maps.unit()[i]) & 0xff);
      for (int copy = 0; copy < scale; copy++) {
        pixels[to++] = (byte) (color >> 16);
        pixels[to++] = (byte) (color >> 8);
        pixels[to++] = (byte) color;
      }
    }
  }
}
