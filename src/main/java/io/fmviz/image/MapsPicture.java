package io.fmviz.image;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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
    float[] unit = normalized(maps, channels, options);
    if (options.colormap() == Colormap.GRAY && !options.label()) {
      GrayImage gray =
          FeatureMapGrid.draw(unit, channels, height, width, options.grid(), png::pixels);
      png.write(options.scale() == 1 ? gray : gray.scaled(options.scale()), out);
    } else {
      png.write(sheet(unit, height, width, options), out);
    }
  }

  /** A single grey image without a gap around it; values in [0, 1]. */
  public static GrayImage image(float[] values, int height, int width, int scale) {
    return FeatureMapGrid.draw(values, 1, height, width, new GridOptions(1, 0, 0)).scaled(scale);
  }

  /**
   * Maps that belong to pairs, as a matrix with a number, counted from 0, beside each row and above
   * each column.
   *
   * @param maps {@code (rows, columns, height, width)}
   * @param title what the rows and columns are
   */
  public static RgbImage matrix(
      float[] maps,
      int rows,
      int columns,
      int height,
      int width,
      PictureOptions options,
      String title) {
    List<Tile> tiles =
        tiles(normalized(maps, rows * columns, options), height, width, options, false);
    TileSheet sheet = new TileSheet(options.gap(), options.grid().padValue()).title(title);
    sheet.columnLabels(IntStream.range(0, columns).mapToObj(String::valueOf).toList());
    for (int r = 0; r < rows; r++) {
      sheet.row(String.valueOf(r), tiles.subList(r * columns, (r + 1) * columns));
    }
    return sheet.draw();
  }

  private static float[] normalized(float[] maps, int channels, PictureOptions options) {
    return options.normalize().apply(maps, channels, options.colormap().isDiverging());
  }

  private static List<Tile> tiles(
      float[] unit, int height, int width, PictureOptions options, boolean numbered) {
    List<Tile> tiles = new ArrayList<>();
    for (int from = 0; from < unit.length; from += height * width) {
      RgbImage map = options.colormap().paint(unit, from, height, width);
      String caption = numbered ? String.valueOf(tiles.size()) : null;
      tiles.add(Tile.of(map, options.scale(), caption));
    }
    return tiles;
  }

  private static RgbImage sheet(float[] unit, int height, int width, PictureOptions options) {
    List<Tile> tiles = tiles(unit, height, width, options, options.label());
    return new TileSheet(options.gap(), options.grid().padValue())
        .tiles(tiles, Math.min(options.grid().nrow(), tiles.size()))
        .draw();
  }
}
