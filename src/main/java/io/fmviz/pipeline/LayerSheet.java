package io.fmviz.pipeline;

import io.fmviz.dataset.LabeledImages;
import io.fmviz.image.Colormap;
import io.fmviz.image.PictureOptions;
import io.fmviz.image.RgbImage;
import io.fmviz.image.Tile;
import io.fmviz.image.TileSheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One layer over many images, or over many checkpoints: a row for each, the image first, then a
 * column for each channel.
 */
final class LayerSheet {
  private final LabeledImages images;
  private final int[] chosen;
  private final List<String> titles;
  private final PictureOptions options;

  /**
   * A sheet of some images.
   *
   * @param titles what each row is called
   */
  LayerSheet(LabeledImages images, int[] chosen, List<String> titles, PictureOptions options) {
    this.images = images;
    this.chosen = chosen;
    this.titles = titles;
    this.options = options;
  }

  /**
   * Draws one layer.
   *
   * @param columns the channels in the order of the columns
   * @param framed those of them that are framed
   */
  RgbImage draw(String title, Activations layer, List<Integer> columns, Set<Integer> framed) {
    float[] unit =
        options
            .normalize()
            .apply(
                layer.values(), chosen.length * layer.channels(), options.colormap().isDiverging());
    TileSheet sheet = new TileSheet(options.gap(), options.grid().padValue());
    title.lines().forEach(sheet::title);
    List<String> labels = new ArrayList<>(List.of("input"));
    columns.forEach(c -> labels.add(String.valueOf(c)));
    sheet.columnLabels(labels);
    for (int i = 0; i < chosen.length; i++) {
      Tile image = input(images, chosen[i], layer.height() * options.scale());
      List<Tile> tiles = new ArrayList<>(List.of(image));
      for (int c : columns) {
        RgbImage map =
            options.colormap().paint(unit, layer.offset(i, c), layer.height(), layer.width());
        tiles.add(new Tile(map, options.scale(), null, framed.contains(c)));
      }
      sheet.row(titles.get(i), tiles);
    }
    return sheet.draw();
  }

  /** An image, as near to the size of maps as a whole factor leads. */
  private static Tile input(LabeledImages images, int index, int mapHeight) {
    FeatureMaps image = FeatureMaps.of(images, index);
    int factor = Math.max(1, Math.round(mapHeight / (float) image.height()));
    return Tile.of(Colormap.GRAY.paint(image.values(), 0, image.height(), image.width()), factor);
  }
}
