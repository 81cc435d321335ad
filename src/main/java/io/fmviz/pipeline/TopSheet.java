package io.fmviz.pipeline;

import io.fmviz.analysis.ReceptiveField;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.image.Colormap;
import io.fmviz.image.RgbImage;
import io.fmviz.image.Tile;
import io.fmviz.image.TileSheet;
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
  static RgbImage draw(TopResult.Sheet layer, LabeledImages images, Integer scale) {
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
        RgbImage crop = crop(images, r.index() - 1, field, r.row(), r.column());
        tiles.add(Tile.of(crop, factor, r.index() + "-" + r.label()));
      }
      // A channel that is never above zero responds to nothing.
      sheet.row(tiles.isEmpty() ? c + " none" : String.valueOf(c), tiles);
    }
    return sheet.draw();
  }

  /** What the position sees; black beyond the image's edges, where the network sees zeros. */
  static RgbImage crop(LabeledImages images, int index, ReceptiveField field, int row, int column) {
    int size = field.size();
    float[] values = new float[size * size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int atRow = field.start(row) + y;
        int atColumn = field.start(column) + x;
        if (atRow >= 0 && atRow < images.height() && atColumn >= 0 && atColumn < images.width()) {
          values[y * size + x] = images.pixel(index, atRow, atColumn) / 255f;
        }
      }
    }
    return Colormap.GRAY.paint(values, 0, size, size);
  }
}
