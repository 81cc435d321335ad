package io.fmviz.pipeline.top;

import io.fmviz.analysis.ReceptiveField;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.Picture;
import io.fmviz.image.RgbImage;
import io.fmviz.image.Tile;
import io.fmviz.image.TileSheet;
import io.fmviz.network.Node;
import io.fmviz.pipeline.AnsweredImage;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.Pictures;
import io.fmviz.probe.MapChoice;
import io.fmviz.report.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a layer's channels respond to: a row of crops for each channel. Where what a position sees
 * is no square, or one larger than the image, it is marked on the whole image.
 */
final class TopSheet {
  private static final int GAP = 4;
  private static final int WIDTH = 36;

  /** A crop, or image, is made smaller than this unless a scale is asked for. */
  private static final int MOST_WIDTH = 72;

  /** Neither white nor black, as crops can be. */
  private static final float BACKGROUND = 0.75f;

  private static final int MARK = 0xff2020;

  /** So that a mark is seen, and what is in it. */
  private static final int LEAST_MARK = 3;

  /** Behind the number of a channel that responds to nothing. */
  private static final String NONE = " none";

  /** The characters of a class over an image, and those of its file's name. */
  private static final int MOST_LETTERS = 12;

  private final Images images;
  private final Answers answers;
  private final Integer scale;

  /**
   * For sheets of the same images.
   *
   * @param scale null for what makes a crop about 36 pixels wide
   */
  TopSheet(Images images, Answers answers, Integer scale) {
    this.images = images;
    this.answers = answers;
    this.scale = scale;
  }

  /** Draws the rows of some channels of a layer. */
  RgbImage draw(TopResult.Sheet layer, Node node, int[] rows) {
    ReceptiveField field = field(layer.receptiveField(), images);
    TileSheet sheet = begin(layer.layer(), field, layer.maps(), images);
    IdentityHashMap<TopResult.TopResponse, Tile> tiles = tiles(layer, node, field, rows);
    for (int c : rows) {
      List<Tile> row = layer.channels().get(c).stream().map(tiles::get).toList();
      sheet.row(name(layer, c, row.isEmpty()), row);
    }
    return sheet.draw();
  }

  /** Image by image: each is read once, however many channels respond to it. */
  private IdentityHashMap<TopResult.TopResponse, Tile> tiles(
      TopResult.Sheet layer, Node node, ReceptiveField field, int[] rows) {
    Map<Integer, List<TopResult.TopResponse>> byImage = new TreeMap<>();
    for (int c : rows) {
      for (TopResult.TopResponse r : layer.channels().get(c)) {
        byImage.computeIfAbsent(r.image().index(), index -> new ArrayList<>()).add(r);
      }
    }
    IdentityHashMap<TopResult.TopResponse, Tile> tiles = new IdentityHashMap<>();
    byImage.forEach(
        (index, responses) -> {
          Picture picture = images.picture(index - 1);
          RgbImage whole = field == null ? small(Pictures.of(picture)) : null;
          for (TopResult.TopResponse r : responses) {
            RgbImage shown =
                field == null ? marked(whole, node, r) : small(crop(picture, field, r));
            tiles.put(r, Tile.of(shown, factor(field, images, scale), caption(r.image(), answers)));
          }
        });
    return tiles;
  }

  /** {@code 3-7}, of a file {@code 3 cat.jpg-281 tabby}. */
  static String caption(AnsweredImage image, Answers answers) {
    String file = image.source() == null ? "" : " " + fileName(image.source());
    return image.index()
        + file
        + (image.label() == null ? "" : "-" + answers.named(image.label(), MOST_LETTERS));
  }

  private static String fileName(String source) {
    return Text.path(Text.fileName(source), MOST_LETTERS);
  }

  private RgbImage small(RgbImage picture) {
    return scale == null ? picture.within(MOST_WIDTH) : picture;
  }

  /** The part of the image that lies where the position does in the map. */
  private static RgbImage marked(RgbImage image, Node node, TopResult.TopResponse r) {
    int rows = Math.max(LEAST_MARK, image.height() / node.height());
    int columns = Math.max(LEAST_MARK, image.width() / node.width());
    int top = middle(r.row(), node.height(), image.height()) - rows / 2;
    int left = middle(r.column(), node.width(), image.width()) - columns / 2;
    return image.framed(
        within(top, rows, image.height()),
        within(left, columns, image.width()),
        rows,
        columns,
        MARK);
  }

  private static int middle(int position, int positions, int pixels) {
    return (2 * position + 1) * pixels / (2 * positions);
  }

  /** So that the frame around it is in the picture. */
  private static int within(int from, int length, int pixels) {
    return Math.max(1, Math.min(from, pixels - length - 1));
  }

  /** What is cropped; null where the whole image is shown. */
  private static ReceptiveField field(ReceptiveField field, Images images) {
    boolean beyond =
        field != null
            && field.size() > MOST_WIDTH
            && field.size() > Math.max(images.height(), images.width());
    return beyond ? null : field;
  }

  /** A channel that is never above zero responds to nothing. */
  private static String name(TopResult.Sheet layer, int channel, boolean empty) {
    if (layer.notANumber() != null && layer.notANumber()[channel] > 0) {
      return channel + " NaN";
    }
    return empty ? channel + NONE : String.valueOf(channel);
  }

  /** Checks the size of a sheet before the responses are known, as if all were there. */
  void check(Node node, TopRequest request, int[] rows) {
    ReceptiveField field = field(ReceptiveField.of(node).orElse(null), images);
    int factor = factor(field, images, request.scale());
    int height = field == null ? images.height() : field.size();
    int width = field == null ? images.width() : field.size();
    RgbImage blank = Tile.blank(height, width, 1).picture();
    RgbImage shown = request.scale() == null ? blank.within(MOST_WIDTH) : blank;
    String file = images.source(0) == null ? "" : " " + "m".repeat(MOST_LETTERS);
    String caption = images.count() + file + "-" + answers.longest(MOST_LETTERS);
    Tile tile = Tile.of(shown, factor, caption);
    int most = Math.min(request.count(), images.count());
    TileSheet sheet = begin(node.name(), field, MapChoice.share(rows, node.channels()), images);
    for (int c : rows) {
      sheet.row(c + NONE, Collections.nCopies(most, tile));
    }
    sheet.check();
  }

  private static TileSheet begin(String layer, ReceptiveField field, String maps, Images images) {
    return new TileSheet(GAP, BACKGROUND)
        .title(layer + ": channels, from 0," + (maps == null ? "" : " " + maps + ","))
        .title(
            "their strongest images (number%s%s),"
                .formatted(
                    images.source(0) == null ? "" : " file", images.isLabeled(0) ? "-class" : ""))
        .title(
            field == null
                ? "framed where, on the whole image"
                : "cropped to %d x %d pixels".formatted(field.size(), field.size()));
  }

  private static int factor(ReceptiveField field, Images images, Integer scale) {
    int size = field == null ? Math.max(images.height(), images.width()) : field.size();
    return scale != null ? scale : Math.max(1, Math.round(WIDTH / (float) size));
  }

  /** What the position sees; black beyond the image's edges, where the network sees zeros. */
  private static RgbImage crop(Picture picture, ReceptiveField field, TopResult.TopResponse r) {
    return Pictures.crop(
        picture, field.start(r.row()), field.start(r.column()), field.size(), field.size());
  }
}
