package io.fmviz.pipeline.top;

import io.fmviz.analysis.ReceptiveField;
import io.fmviz.dataset.Images;
import io.fmviz.image.RgbImage;
import io.fmviz.image.Tile;
import io.fmviz.image.TileSheet;
import io.fmviz.pipeline.Pictures;
import java.util.ArrayList;
import java.util.List;

/** What a layer's channels respond to: a row of crops for each channel. */
final class TopSheet {
  private static final int GAP = 4;
  private static final int WIDTH = 36;

  /** Neither white nor black, as crops can be. */
  private static final float BACKGROUND = 0.75f;

  private TopSheet() {}

  /**
   * Draws one layer.
   *
   * @param scale null for what makes a crop about 36 pixels wide
   */
  static RgbImage draw(TopResult.Sheet layer, Images images, Integer scale) {
    ReceptiveField field = layer.receptiveField();
    int factor = scale != null ? scale : Math.max(1, Math.round(WIDTH / (float) field.size()));
    TileSheet sheet =
        new TileSheet(GAP, BACKGROUND)
            .title(layer.layer() + ": channels, from 0,")
            .title("their strongest images (number-class),")
            .title("cropped to %d x %d pixels".formatted(field.size(), field.size()));
    for (int c = 0; c < layer.channels().size(); c++) {
      List<Tile> tiles = new ArrayList<>();
      for (TopResult.Response r : layer.channels().get(c)) {
        tiles.add(Tile.of(crop(images, field, r), factor, r.index() + "-" + r.label()));
      }
      sheet.row(name(layer, c, tiles.isEmpty()), tiles);
    }
    return sheet.draw();
  }

  /** A channel that is never above zero responds to nothing. */
  private static String name(TopResult.Sheet layer, int channel, boolean empty) {
    if (layer.notANumber() != null && layer.notANumber()[channel] > 0) {
      return channel + " NaN";
    }
    return empty ? channel + " none" : String.valueOf(channel);
  }

  /** What the position sees; black beyond the image's edges, where the network sees zeros. */
  private static RgbImage crop(Images images, ReceptiveField field, TopResult.Response r) {
    return Pictures.crop(
        images.picture(r.index() - 1),
        field.start(r.row()),
        field.start(r.column()),
        field.size(),
        field.size());
  }
}
