package io.fmviz.pipeline.ablate;

import io.fmviz.base.Numbers;
import io.fmviz.image.BarChart;
import io.fmviz.image.Colormap;
import io.fmviz.image.Normalize;
import io.fmviz.image.RgbImage;
import io.fmviz.image.Shaded;
import io.fmviz.image.Tile;
import io.fmviz.image.TileSheet;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.FeatureMaps;
import io.fmviz.report.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What maps are worth, drawn. */
final class AblationPictures {
  private static final int COLUMNS = 8;
  private static final int GAP = 4;

  /** Small maps are drawn at least this high, so that their captions are no wider. */
  private static final int MAP_HEIGHT = 56;

  private static final int MOST_BARS = 40;

  /** The characters of a file's name that stand over its maps. */
  private static final int MOST_LETTERS = 48;

  private AblationPictures() {}

  /** A grid of one layer's maps, each with the change of the answer without it. */
  static RgbImage maps(
      FeatureMaps maps,
      AblateResult.ImageLayer layer,
      AblateResult.Image image,
      String name,
      Answers answers) {
    Shaded shaded = Shaded.of(maps.values(), maps.channels(), Normalize.LAYER, Colormap.VIRIDIS);
    int scale = Math.max(1, MAP_HEIGHT / maps.height());
    List<Tile> tiles = new ArrayList<>();
    for (int c = 0; c < layer.channels(); c++) {
      int offset = c * maps.height() * maps.width();
      RgbImage map = shaded.paint(offset, maps.height(), maps.width());
      String caption = c + ": " + signed(layer.change()[c]);
      boolean decides =
          !Objects.equals(layer.predicted().get(c), image.image().prediction().predicted());
      tiles.add(new Tile(map, scale, caption, decides));
    }
    return new TileSheet(GAP, 1)
        .title("%s, %s".formatted(layer.layer(), Text.path(name, MOST_LETTERS)))
        .title(
            "predicted: %s with %s %s"
                .formatted(
                    image.image().prediction().named(),
                    answers.one(),
                    Numbers.decimals(2, image.logit())))
        .title(
            "channel, counted from 0: change of that %s if the map is zero"
                .formatted(answers.one()))
        .title(
            answers.areLabels()
                ? "red frame: another label is the likeliest"
                : "red frame: the prediction changes")
        .tiles(tiles, Math.min(COLUMNS, layer.channels()))
        .draw();
  }

  /** Bars of how much accuracy one layer's maps are worth, the most valuable first. */
  static RgbImage bars(
      AblateResult.SamplesLayer layer, AblateResult.Samples samples, String where) {
    List<Integer> ranked = AblationReport.ranked(layer);
    List<Integer> shown = ranked.subList(0, Math.min(MOST_BARS, ranked.size()));
    boolean labeled = samples.accuracy() != null;
    return new BarChart(
            List.of(
                layer.layer()
                    + " on "
                    + where
                    + (labeled ? ", accuracy " + Numbers.share(samples.accuracy()) : ""),
                labeled
                    ? "change of accuracy in points if a channel is zero"
                    : "predictions that change if a channel is zero",
                "channels counted from 0, the most valuable %d of %d"
                    .formatted(shown.size(), layer.channels())),
            shown.stream().map(String::valueOf).toList(),
            shown.stream()
                .map(
                    c ->
                        labeled
                            ? AblationReport.points(layer.accuracyChange()[c])
                            : String.valueOf(layer.predictionsChanged()[c]))
                .toList(),
            shown.stream()
                .mapToDouble(
                    c -> labeled ? 100 * layer.accuracyChange()[c] : layer.predictionsChanged()[c])
                .toArray())
        .draw();
  }

  private static String signed(double value) {
    return value == 0 ? "0" : Numbers.signed(2, value);
  }
}
