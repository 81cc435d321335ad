package io.fmviz.image;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Draws the maps of one layer as the options ask for it, and writes the picture as PNG. */
public final class MapsPicture {
  private MapsPicture() {}

  /**
   * Writes one picture; the stream is left open.
   *
   * @param maps {@code (channels, height, width)}, row by row
   */
  public static void write(
      float[] maps,
      int channels,
      int height,
      int width,
      PictureOptions options,
      PngWriter png,
      OutputStream out)
      throws IOException {
    float[] unit = options.normalize().apply(maps, channels, options.colormap().isDiverging());
    if (options.colormap() == Colormap.GRAY && !options.label()) {
      GrayImage gray = FeatureMapGrid.draw(unit, channels, height, width, options.grid());
      png.write(options.scale() == 1 ? gray : gray.scaled(options.scale()), out);
    } else {
      png.write(sheet(unit, channels, height, width, options).draw(), out);
    }
  }

  /** A single grey image without a gap around it; values in [0, 1]. */
  public static GrayImage image(float[] values, int height, int width, int scale) {
    return FeatureMapGrid.draw(values, 1, height, width, new GridOptions(1, 0, 0)).scaled(scale);
  }

  private static TileSheet sheet(
      float[] unit, int channels, int height, int width, PictureOptions options) {
    List<Tile> tiles = new ArrayList<>();
    for (int k = 0; k < channels; k++) {
      RgbImage map = options.colormap().paint(unit, k * height * width, height, width);
      tiles.add(Tile.of(map.scaled(options.scale()), options.label() ? String.valueOf(k) : null));
    }
    return new TileSheet(options.gap(), options.grid().padValue())
        .tiles(tiles, Math.min(options.grid().nrow(), channels));
  }
}
