package io.fmviz.pipeline.cam;

import io.fmviz.analysis.Prediction;
import io.fmviz.analysis.cam.CamPlan;
import io.fmviz.analysis.cam.PositionMap;
import io.fmviz.dataset.Original;
import io.fmviz.image.Overlay;
import io.fmviz.image.RgbImage;
import io.fmviz.image.Tile;
import io.fmviz.image.TileSheet;
import io.fmviz.network.Node;
import io.fmviz.pipeline.AnsweredImage;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.CamPictures;
import io.fmviz.report.Text;
import java.util.ArrayList;
import java.util.List;

/** Draws where a network looks: image by image, and all of them small on one sheet. */
final class CamDrawing {
  /** The longer side of a picture. */
  private static final int MOST = 448;

  /** The longer side on the sheet of all. */
  private static final int SMALL = 160;

  /** More are not on that sheet. */
  private static final int MOST_ON_SHEET = 200;

  private static final int GAP = 6;

  /** The characters of a class's name that stand over a picture. */
  private static final int MOST_LETTERS = 48;

  /** Those of a file's name on the sheet of all. */
  private static final int MOST_OF_FILE = 14;

  private final Overlay overlay;
  private final CamPlan plan;
  private final Answers answers;
  private final List<Tile> tiles = new ArrayList<>();

  CamDrawing(Overlay overlay, CamPlan plan, Answers answers) {
    this.overlay = overlay;
    this.plan = plan;
    this.answers = answers;
  }

  /**
   * One image's picture: itself, and beside it each class's map over it; a row for each layer.
   *
   * @param name of the image, for people
   * @param pictures the image, {@link #large}
   * @param maps as the image has them
   */
  RgbImage picture(
      CamResult.Image image,
      String name,
      Original original,
      CamPictures pictures,
      List<PositionMap> maps) {
    if (tiles.size() < MOST_ON_SHEET) {
      CamPictures small = CamPictures.of(original, SMALL, SMALL);
      RgbImage first = maps.isEmpty() ? small.picture() : small.with(maps.get(0), overlay);
      tiles.add(Tile.of(first, 1, caption(image.image())));
    }
    TileSheet sheet = new TileSheet(GAP, 1);
    CamReport.over(image, Text.path(name, MOST_LETTERS), plan, answers).forEach(sheet::title);
    int columns = maps.size() / plan.nodes().size();
    for (int row = 0; row < plan.nodes().size(); row++) {
      List<Tile> tilesOfRow = new ArrayList<>();
      tilesOfRow.add(Tile.of(pictures.picture(), 1));
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        tilesOfRow.add(
            new Tile(
                pictures.withBar(maps.get(i), overlay),
                1,
                caption(image.maps().get(i), maps.get(i)),
                false,
                pictures.picture().width()));
      }
      sheet.row(null, tilesOfRow);
    }
    return sheet.draw();
  }

  /** An image's picture, to be drawn on. */
  static CamPictures large(Original original) {
    return CamPictures.of(original, MOST, MOST / 2);
  }

  private String caption(CamResult.Map map, PositionMap values) {
    String what =
        map.target() == null
            ? cut(map.value() == null ? plan.method().toString() : map.value().targetOutput())
            : cut(
                Prediction.named(String.valueOf(map.target().target()), map.target().targetName()));
    String layer = plan.nodes().size() > 1 ? map.name() + ": " : "";
    return layer + what + (values.isNothing() ? ", nothing to see" : "");
  }

  private static String cut(String text) {
    return Text.begin(text, MOST_LETTERS);
  }

  /** {@code 3: 281 tabby cat}, of a file {@code 3 cat.jpg: 281 tabby cat}. */
  static String caption(AnsweredImage image) {
    String source = image.source();
    String file = source == null ? "" : " " + Text.path(Text.fileName(source), MOST_OF_FILE);
    String answer = image.prediction() == null ? "" : ": " + image.prediction().named();
    return Text.begin(image.index() + file + answer, SMALL / 5);
  }

  /**
   * The sheet of all images that were drawn.
   *
   * @param all how many were to be
   */
  RgbImage sheet(int all) {
    String layers = String.join(", ", plan.nodes().stream().map(Node::name).toList());
    int columns = (int) Math.ceil(Math.sqrt(tiles.size()));
    TileSheet sheet = new TileSheet(GAP, 1).title("%s at %s".formatted(plan.method(), layers));
    if (tiles.size() < all) {
      sheet.title("%d of %s".formatted(tiles.size(), Text.count(all, "image")));
    }
    return sheet.tiles(tiles, columns).draw();
  }
}
