package io.fmviz.pipeline;

import io.fmviz.analysis.Activations;
import io.fmviz.dataset.Images;
import io.fmviz.image.PictureOptions;
import io.fmviz.image.RgbImage;
import io.fmviz.image.Tile;
import io.fmviz.image.TileSheet;
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
  private static final int MOST_INPUT = 96;

  /**
   * Draws one layer.
   *
   * @param columns the channels in the order of the columns
   * @param framed those of them that are framed
   */
  public RgbImage draw(
      String title, Activations layer, List<Integer> columns, Set<Integer> framed) {
    float[] unit =
        options
            .normalize()
            .apply(
                layer.values(), chosen.length * layer.channels(), options.colormap().isDiverging());
    TileSheet sheet = begin(title, columns);
    for (int i = 0; i < chosen.length; i++) {
      List<Tile> tiles = new ArrayList<>();
      RgbImage image = Pictures.of(images.picture(chosen[i]));
      tiles.add(input(image, layer.height() * options.scale()));
      for (int c : columns) {
        RgbImage map =
            options.colormap().paint(unit, layer.offset(i, c), layer.height(), layer.width());
        tiles.add(new Tile(map, options.scale(), null, framed.contains(c)));
      }
      sheet.row(titles.get(i), tiles);
    }
    return sheet.draw();
  }

  private TileSheet begin(String title, List<Integer> columns) {
    TileSheet sheet = new TileSheet(options.gap(), options.grid().padValue());
    title.lines().forEach(sheet::title);
    List<String> labels = new ArrayList<>(List.of("input"));
    columns.forEach(c -> labels.add(String.valueOf(c)));
    return sheet.columnLabels(labels);
  }

  /**
   * Checks the size of a sheet before anything of it is known.
   *
   * @throws io.fmviz.base.UserException if there would be too many pixels
   */
  public void check(String title, int channels, int height, int width) {
    TileSheet sheet = begin(title, IntStream.range(0, channels).boxed().toList());
    List<Tile> tiles = new ArrayList<>();
    RgbImage blank = Tile.blank(images.height(), images.width(), 1).picture();
    tiles.add(input(blank, height * options.scale()));
    tiles.addAll(Collections.nCopies(channels, Tile.blank(height, width, options.scale())));
    titles.forEach(row -> sheet.row(row, tiles));
    sheet.check();
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
