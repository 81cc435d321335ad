package io.fmviz.pipeline;

import io.fmviz.analysis.Activations;
import io.fmviz.dataset.Images;
import io.fmviz.image.PictureOptions;
import io.fmviz.image.RgbImage;
import io.fmviz.image.Shaded;
import io.fmviz.image.Tile;
import io.fmviz.image.TileSheet;
import io.fmviz.report.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One layer over many images, or over many checkpoints: a row for each, the image first, then a
 * column for each channel.
 *
 * @param chosen the images of the rows, by their indices
 * @param titles what each row is called
 */
public record LayerSheet(Images images, int[] chosen, List<String> titles, PictureOptions options) {
  /** The longer side of an image beside maps that are smaller. */
  private static final int MOST_INPUT = 64;

  /**
   * The longer side of a map, unless a scale is asked for; the file of a detector would be huge.
   */
  private static final int MOST_MAP = 112;

  /** The columns of a wider sheet are broken, as lines of text are. */
  private static final int WIDEST = 2400;

  /** The characters of a row's title. */
  private static final int MOST_LETTERS = 40;

  public LayerSheet {
    titles = titles.stream().map(title -> Text.path(title, MOST_LETTERS)).toList();
  }

  /**
   * Draws one layer.
   *
   * @param columns the channels in the order of the columns
   * @param framed those of them that are framed
   */
  public RgbImage draw(
      String title, Activations layer, List<Integer> columns, Set<Integer> framed) {
    int height = layer.height();
    int width = layer.width();
    int scale = scale(columns.size(), height, width);
    Shaded shaded =
        Shaded.of(
            layer.values(),
            chosen.length * layer.channels(),
            options.normalize(),
            options.colormap());
    int mapHeight = shown(blank(height, width)).height() * scale;
    List<Tile> inputs = new ArrayList<>();
    for (int image : chosen) {
      inputs.add(input(Pictures.of(images.picture(image)), mapHeight));
    }
    return sheet(
            title + made(height, width),
            columns,
            inputs,
            (row, channel) ->
                new Tile(
                    shown(shaded.paint(layer.offset(row, channel), height, width)),
                    scale,
                    null,
                    framed.contains(channel)))
        .draw();
  }

  /**
   * Checks the size of a sheet before anything of it is known.
   *
   * @throws io.fmviz.base.UserException if there would be too many pixels
   */
  public void check(String title, int channels, int height, int width) {
    int scale = scale(channels, height, width);
    Tile map = Tile.of(shown(blank(height, width)), scale);
    Tile image = input(blank(images.height(), images.width()), map.picture().height() * scale);
    List<Tile> inputs = Collections.nCopies(titles.size(), image);
    List<Integer> columns = IntStream.range(0, channels).boxed().toList();
    sheet(title + made(height, width), columns, inputs, (row, channel) -> map).check();
  }

  private RgbImage shown(RgbImage map) {
    return options.scale() == PictureOptions.AUTO ? map.within(MOST_MAP) : map;
  }

  /** That maps are made smaller, in a line of its own; nothing where they aren't. */
  private String made(int height, int width) {
    RgbImage small = shown(blank(height, width));
    return small.height() == height && small.width() == width
        ? ""
        : "%nmaps of %d x %d, shown as %d x %d"
            .formatted(height, width, small.height(), small.width());
  }

  private static RgbImage blank(int height, int width) {
    return Tile.blank(height, width, 1).picture();
  }

  private int scale(int columns, int height, int width) {
    return options.scale(titles.size() * columns, height, width);
  }

  /** Gives the map of a row and a channel. */
  @FunctionalInterface
  private interface Maps {
    Tile of(int row, int channel);
  }

  private TileSheet sheet(String title, List<Integer> columns, List<Tile> inputs, Maps maps) {
    TileSheet sheet = empty();
    title.lines().forEach(sheet::title);
    int most = columnsInARow(columns, inputs, maps);
    for (int from = 0; from < columns.size(); from += most) {
      add(sheet, columns.subList(from, Math.min(from + most, columns.size())), inputs, maps);
    }
    return sheet;
  }

  private TileSheet empty() {
    return new TileSheet(options.gap(), options.grid().padValue());
  }

  /** As many as fit, about as many in each part of a broken sheet. */
  private int columnsInARow(List<Integer> columns, List<Tile> inputs, Maps maps) {
    long others = add(empty(), List.of(), inputs, maps).width();
    long all = add(empty(), columns, inputs, maps).width() - others;
    long room = Math.max(1, WIDEST - others);
    int parts = (int) Math.min(columns.size(), (all + room - 1) / room);
    return (columns.size() + parts - 1) / parts;
  }

  private TileSheet add(TileSheet sheet, List<Integer> columns, List<Tile> inputs, Maps maps) {
    List<String> labels = new ArrayList<>(List.of("input"));
    columns.forEach(c -> labels.add(String.valueOf(c)));
    sheet.columnLabels(labels);
    for (int i = 0; i < inputs.size(); i++) {
      List<Tile> tiles = new ArrayList<>(List.of(inputs.get(i)));
      for (int c : columns) {
        tiles.add(maps.of(i, c));
      }
      sheet.row(titles.get(i), tiles);
    }
    return sheet;
  }

  /**
   * An image, as near to the size of maps as a whole factor leads; one that is far larger is made
   * smaller.
   */
  private Tile input(RgbImage image, int mapHeight) {
    int most = Math.max(MOST_INPUT, mapHeight);
    return Tile.of(image.within(most), inputScale(mapHeight));
  }

  private int inputScale(int mapHeight) {
    return Math.max(1, Math.round(mapHeight / (float) images.height()));
  }
}
