package io.fmviz.pipeline.top;

import io.fmviz.analysis.ReceptiveField;
import io.fmviz.dataset.Images;
import io.fmviz.image.RgbImage;
import io.fmviz.image.Tile;
import io.fmviz.image.TileSheet;
import io.fmviz.network.Node;
import io.fmviz.pipeline.Pictures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a layer's channels respond to: a row of crops for each channel. */
final class TopSheet {
  private static final int GAP = 4;
  private static final int WIDTH = 36;

  /** Neither white nor black, as crops can be. */
  private static final float BACKGROUND = 0.75f;

  /** Behind the number of a channel that responds to nothing. */
  private static final String NONE = " none";

  private TopSheet() {}

  /**
   * Draws one layer.
   *
   * @param scale null for what makes a crop about 36 pixels wide
   */
  static RgbImage draw(TopResult.Sheet layer, Images images, Integer scale) {
    ReceptiveField field = layer.receptiveField();
    int factor = factor(field, scale);
    TileSheet sheet = begin(layer.layer(), field);
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
    return empty ? channel + NONE : String.valueOf(channel);
  }

  /** Checks the size of a sheet before the responses are known, as if all were there. */
  static void check(Node node, Images images, TopRequest request) {
    ReceptiveField field = ReceptiveField.of(node).orElseThrow();
    int factor = factor(field, request.scale());
    RgbImage crop = Tile.blank(field.size(), field.size(), factor).picture();
    Tile tile = Tile.of(crop, factor, images.count() + "-0");
    int most = Math.min(request.count(), images.count());
    TileSheet sheet = begin(node.name(), field);
    for (int c = 0; c < node.channels(); c++) {
      sheet.row(c + NONE, Collections.nCopies(most, tile));
    }
    sheet.check();
  }

  private static TileSheet begin(String layer, ReceptiveField field) {
    return new TileSheet(GAP, BACKGROUND)
        .title(layer + ": channels, from 0,")
        .title("their strongest images (number-class),")
        .title("cropped to %d x %d pixels".formatted(field.size(), field.size()));
  }

  private static int factor(ReceptiveField field, Integer scale) {
    return scale != null ? scale : Math.max(1, Math.round(WIDTH / (float) field.size()));
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
