package io.fmviz.image;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Draws the maps of one layer as the options ask for it, and writes the picture as PNG. */
public final class MapsPicture {
  private MapsPicture() {}

  /**
   * Writes one picture; the stream is left open.
   *
   * @param maps {@code (channels, height, width)}, row by row
   * @param drawn which of them; null for all
   */
  public static void write(
      float[] maps,
      int channels,
      int height,
      int width,
      PictureOptions options,
      Drawn drawn,
      PngWriter png,
      OutputStream out)
      throws IOException {
    float[] unit = normalized(maps, channels, options);
    if (isGrid(options, drawn)) {
      GrayImage gray =
          FeatureMapGrid.draw(unit, channels, height, width, options.grid(), png::pixels);
      png.write(options.scale() == 1 ? gray : gray.scaled(options.scale()), out);
    } else {
      List<Tile> all = tiles(unit, height, width, options, options.label());
      List<Tile> tiles =
          drawn == null ? all : IntStream.of(drawn.channels()).mapToObj(all::get).toList();
      png.write(sheet(tiles, height, width, options, drawn).draw(), out);
    }
  }

  /** Writes one picture of all maps; the stream is left open. */
  public static void write(
      float[] maps,
      int channels,
      int height,
      int width,
      PictureOptions options,
      PngWriter png,
      OutputStream out)
      throws IOException {
    write(maps, channels, height, width, options, null, png, out);
  }

  /** Whether it is what torchvision draws: nothing but maps in grey. */
  private static boolean isGrid(PictureOptions options, Drawn drawn) {
    return drawn == null && options.colormap() == Colormap.GRAY && !options.label();
  }

  /**
   * Checks the size of what {@link #write} would draw.
   *
   * @throws io.fmviz.base.UserException if there would be too many pixels
   */
  public static void check(
      int channels, int height, int width, PictureOptions options, Drawn drawn) {
    if (isGrid(options, drawn)) {
      FeatureMapGrid.check(channels, height, width, options.grid(), options.scale());
    } else {
      RgbImage blank = Tile.blank(height, width, 1).picture();
      List<Tile> tiles =
          (drawn == null ? IntStream.range(0, channels) : IntStream.of(drawn.channels()))
              .mapToObj(c -> Tile.of(blank, options.scale(), caption(c, options.label())))
              .toList();
      sheet(tiles, height, width, options, drawn).check();
    }
  }

  /** Checks the size of what {@link #image} would draw. */
  public static void checkImage(int height, int width, int scale) {
    PictureSize.check((long) height * scale, (long) width * scale);
  }

  /** Checks the size of what {@link #matrix} would draw. */
  public static void checkMatrix(
      int rows, int columns, int height, int width, PictureOptions options, String title) {
    List<Tile> tiles =
        Collections.nCopies(rows * columns, Tile.blank(height, width, options.scale()));
    matrixSheet(tiles, rows, columns, options, title).check();
  }

  /** A picture with each pixel as a square of {@code scale} by {@code scale}. */
  public static RgbImage scaled(RgbImage picture, int scale) {
    return new TileSheet(0, 0).tiles(List.of(Tile.of(picture, scale)), 1).draw();
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
    float[] unit = normalized(maps, rows * columns, options);
    List<Tile> tiles = tiles(unit, height, width, options, false);
    return matrixSheet(tiles, rows, columns, options, title).draw();
  }

  private static TileSheet matrixSheet(
      List<Tile> tiles, int rows, int columns, PictureOptions options, String title) {
    TileSheet sheet = new TileSheet(options.gap(), options.grid().padValue()).title(title);
    sheet.columnLabels(IntStream.range(0, columns).mapToObj(String::valueOf).toList());
    for (int r = 0; r < rows; r++) {
      sheet.row(String.valueOf(r), tiles.subList(r * columns, (r + 1) * columns));
    }
    return sheet;
  }

  private static float[] normalized(float[] maps, int channels, PictureOptions options) {
    return options.normalize().apply(maps, channels, options.colormap().isDiverging());
  }

  private static List<Tile> tiles(
      float[] unit, int height, int width, PictureOptions options, boolean numbered) {
    List<Tile> tiles = new ArrayList<>();
    for (int from = 0; from < unit.length; from += height * width) {
      RgbImage map = options.colormap().paint(unit, from, height, width);
      tiles.add(Tile.of(map, options.scale(), caption(tiles.size(), numbered)));
    }
    return tiles;
  }

  private static String caption(int channel, boolean numbered) {
    return numbered ? String.valueOf(channel) : null;
  }

  private static TileSheet sheet(
      List<Tile> tiles, int height, int width, PictureOptions options, Drawn drawn) {
    TileSheet sheet = new TileSheet(options.gap(), options.grid().padValue());
    if (drawn != null) {
      sheet.title(drawn.title());
    }
    return sheet.tiles(tiles, options.grid().columns(tiles.size(), height, width));
  }
}
