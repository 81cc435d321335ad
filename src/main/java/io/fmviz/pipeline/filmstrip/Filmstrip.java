package io.fmviz.pipeline.filmstrip;

import io.fmviz.analysis.Activations;
import io.fmviz.image.PictureOptions;
import io.fmviz.image.RgbImage;
import io.fmviz.image.Shaded;
import io.fmviz.image.Tile;
import io.fmviz.image.TileSheet;
import java.util.ArrayList;
import java.util.List;

/** One layer's maps of one image at several checkpoints, all on one scale: a film. */
final class Filmstrip {
  private final Activations layer;
  private final Shaded shaded;
  private final List<Integer> columns;
  private final List<String> rows;
  private final PictureOptions options;

  /**
   * A film.
   *
   * @param layer an image for each checkpoint
   * @param columns the channels in the order in which they are shown
   * @param rows what each checkpoint is called
   */
  Filmstrip(Activations layer, List<Integer> columns, List<String> rows, PictureOptions options) {
    this.layer = layer;
    this.shaded =
        Shaded.of(
            layer.values(),
            rows.size() * layer.channels(),
            options.normalize(),
            options.colormap());
    this.columns = columns;
    this.rows = rows;
    this.options = options;
  }

  /** A picture for each checkpoint: its maps in about as many rows as columns; all of one size. */
  List<RgbImage> frames(String layerName) {
    int across = (int) Math.ceil(Math.sqrt(columns.size()));
    int longest = rows.stream().mapToInt(String::length).max().orElseThrow();
    int scale = options.scale(columns.size(), layer.height(), layer.width());
    List<RgbImage> frames = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      List<Tile> tiles = new ArrayList<>();
      for (int c : columns) {
        tiles.add(Tile.of(map(r, c), scale, String.valueOf(c)));
      }
      frames.add(
          new TileSheet(options.gap(), options.grid().padValue())
              .title(layerName)
              // A shorter title could make a frame narrower than the others.
              .title(rows.get(r) + " ".repeat(longest - rows.get(r).length()))
              .tiles(tiles, across)
              .draw());
    }
    return frames;
  }

  private RgbImage map(int row, int channel) {
    return shaded.paint(layer.offset(row, channel), layer.height(), layer.width());
  }
}
