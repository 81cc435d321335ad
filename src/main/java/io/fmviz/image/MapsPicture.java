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
    int shown = drawn == null ? channels : drawn.channels().length;
    int scale = options.scale(shown, height, width);
    if (isGrid(options, drawn, scale)) {
      float[] unit = options.normalize().apply(maps, channels, Normalize.Zero.ANY);
      GrayImage gray =
          FeatureMapGrid.draw(unit, channels, height, width, options.grid(), png::pixels);
      png.write(scale == 1 ? gray : gray.scaled(scale), out);
      return;
    }
    Shaded shaded = Shaded.of(maps, channels, options.normalize(), options.colormap(), png::values);
    if (drawn == null && !options.label()) {
      int columns = columns(channels, height * scale, width * scale, options);
      ColorGrid grid = new ColorGrid(scale, options.gap(), columns, options.grid().padValue());
      png.write(grid.draw(shaded, channels, height, width, png::pixels), out);
    } else {
      List<Tile> tiles = new ArrayList<>();
      for (int i = 0; i < shown; i++) {
        int channel = drawn == null ? i : drawn.channels()[i];
        RgbImage map = shaded.paint(channel * height * width, height, width);
        tiles.add(Tile.of(map, scale, caption(channel, options.label())));
      }
      png.write(sheet(tiles, options, drawn).draw(), out);
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

  /** What the colours of such a picture stand for. */
  public static Shaded.Scale scale(float[] maps, PictureOptions options) {
    return Shaded.Scale.of(maps, options.normalize(), options.colormap());
  }

  /** Whether it is what torchvision draws: nothing but maps in grey. */
  private static boolean isGrid(PictureOptions options, Drawn drawn, int scale) {
    boolean isPlain = options.scale() != PictureOptions.AUTO || scale == 1;
    return isPlain && drawn == null && options.colormap() == Colormap.GRAY && !options.label();
  }

  /**
   * Checks the size of what {@link #write} would draw.
   *
   * @throws io.fmviz.base.UserException if there would be too many pixels
   */
  public static void check(
      int channels, int height, int width, PictureOptions options, Drawn drawn) {
    int shown = drawn == null ? channels : drawn.channels().length;
    int scale = options.scale(shown, height, width);
    if (isGrid(options, drawn, scale)) {
      FeatureMapGrid.check(channels, height, width, options.grid(), scale);
    } else {
      blankSheet(channels, height, width, options, drawn).check();
    }
  }

  /** Where what {@link #write} draws of each map stands on the picture. */
  public static TilePlaces places(
      int channels, int height, int width, PictureOptions options, Drawn drawn) {
    if (drawn != null || options.label()) {
      return blankSheet(channels, height, width, options, drawn).places();
    }
    int scale = options.scale(channels, height, width);
    int columns = columns(channels, height * scale, width * scale, options);
    return TilePlaces.grid(channels, columns, height * scale, width * scale, options.gap());
  }

  /** The sheet of such maps, without anything on them. */
  private static TileSheet blankSheet(
      int channels, int height, int width, PictureOptions options, Drawn drawn) {
    int[] shown = drawn == null ? IntStream.range(0, channels).toArray() : drawn.channels();
    int scale = options.scale(shown.length, height, width);
    RgbImage blank = Tile.blank(height, width, 1).picture();
    List<Tile> tiles =
        IntStream.of(shown)
            .mapToObj(c -> Tile.of(blank, scale, caption(c, options.label())))
            .toList();
    return sheet(tiles, options, drawn);
  }

  /** Checks the size of what {@link #image} would draw. */
  public static void checkImage(int height, int width, int scale) {
    PictureSize.check((long) height * scale, (long) width * scale);
  }

  /** Checks the size of what {@link #matrix} would draw. */
  public static void checkMatrix(
      int rows, int columns, int height, int width, PictureOptions options, String title) {
    List<Tile> tiles =
        Collections.nCopies(
            rows * columns,
            Tile.blank(height, width, options.scale(rows * columns, height, width)));
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
    int all = rows * columns;
    Shaded shaded = Shaded.of(maps, all, options.normalize(), options.colormap());
    int scale = options.scale(all, height, width);
    List<Tile> tiles =
        IntStream.range(0, all)
            .mapToObj(i -> Tile.of(shaded.paint(i * height * width, height, width), scale))
            .toList();
    return matrixSheet(tiles, rows, columns, options, title).draw();
  }

  /**
   * Maps of three channels each as pictures in colours, with the middle of all greys for zero.
   *
   * @param maps {@code (count, 3, height, width)}
   * @param isBgr whether the channels are blue, green and red, not the other way round
   */
  public static RgbImage colored(
      float[] maps, int count, int height, int width, PictureOptions options, boolean isBgr) {
    float[] unit = options.normalize().apply(maps, count, Normalize.Zero.MIDDLE);
    int size = height * width;
    int scale = options.scale(count, height, width);
    List<Tile> tiles = new ArrayList<>();
    for (int map = 0; map < count; map++) {
      byte[] pixels = new byte[RgbImage.CHANNELS * size];
      for (int c = 0; c < RgbImage.CHANNELS; c++) {
        int from = (map * RgbImage.CHANNELS + (isBgr ? RgbImage.CHANNELS - 1 - c : c)) * size;
        for (int i = 0; i < size; i++) {
          pixels[i * RgbImage.CHANNELS + c] = FeatureMapGrid.grey(unit[from + i]);
        }
      }
      RgbImage picture = new RgbImage(height, width, pixels);
      tiles.add(Tile.of(picture, scale, caption(map, options.label())));
    }
    return sheet(tiles, options, null).draw();
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

  private static String caption(int channel, boolean numbered) {
    return numbered ? String.valueOf(channel) : null;
  }

  private static TileSheet sheet(List<Tile> tiles, PictureOptions options, Drawn drawn) {
    TileSheet sheet = new TileSheet(options.gap(), options.grid().padValue());
    if (drawn != null) {
      sheet.title(drawn.title());
    }
    Tile one = tiles.get(0);
    return sheet.tiles(tiles, columns(tiles.size(), one.height(), one.width(), options));
  }

  /** As many in a row as if neither maps nor gaps were made larger. */
  private static int columns(int maps, int height, int width, PictureOptions options) {
    int by = options.imageScale();
    return options.grid().columns(maps, height / by, width / by);
  }
}
