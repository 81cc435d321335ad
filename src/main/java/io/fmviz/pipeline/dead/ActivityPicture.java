package io.fmviz.pipeline.dead;

import io.fmviz.analysis.LayerActivity;
import io.fmviz.image.Colormap;
import io.fmviz.image.HeatMap;
import io.fmviz.image.RgbImage;
import io.fmviz.pipeline.Answers;
import io.fmviz.report.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How active a layer's channels are, class by class: a heat map with a row for each class and a
 * column for each channel. A dead channel is a column in the colour of 0, a class without images a
 * grey row, a channel with non-finite values a grey column. Where classes are not told apart there
 * is one row for all of them.
 */
final class ActivityPicture {
  private static final int CELL_HEIGHT = 16;
  private static final int CELL_WIDTH = 9;

  /** Characters of a title's line, so that it is no wider than 128 channels. */
  private static final int LINE = 170;

  /** More channels than these stand in several blocks below each other. */
  private static final int MOST_COLUMNS = 512;

  private static final int BLOCK = 256;

  /** Characters of a class. */
  private static final int MOST_LETTERS = 24;

  private final Answers answers;
  private final String where;
  private final double below;

  /**
   * For layers over the same images.
   *
   * @param where the images, in words
   */
  ActivityPicture(Answers answers, String where, double below) {
    this.answers = answers;
    this.where = where;
    this.below = below;
  }

  RgbImage draw(LayerActivity activity) {
    double[][] all = activity.shares().classPixelShare();
    boolean told = all != null;
    double[][] rows = told ? transposed(all) : new double[][] {activity.shares().pixelShare()};
    List<String> title = title(activity, told);
    if (!activity.notNumbers().isEmpty()) {
      add(title, "with non-finite values", activity.notNumbers());
      title.add("grey: these, or no image of this class");
    } else if (Arrays.stream(rows).flatMapToDouble(Arrays::stream).anyMatch(Double::isNaN)) {
      title.add("grey: no image of this class");
    }
    List<String> lines = title.stream().flatMap(line -> wrapped(line).stream()).toList();
    List<String> rowLabels = told ? classes(rows.length) : List.of("all");
    int block = activity.channels() > MOST_COLUMNS ? BLOCK : activity.channels();
    List<RgbImage> blocks = new ArrayList<>();
    for (int from = 0; from < activity.channels(); from += block) {
      int to = Math.min(from + block, activity.channels());
      blocks.add(heatMap(from == 0 ? lines : List.of(), rowLabels, rows, from, to).draw());
    }
    return blocks.size() == 1 ? blocks.get(0) : RgbImage.stacked(blocks);
  }

  private List<String> title(LayerActivity activity, boolean told) {
    List<String> title = new ArrayList<>();
    title.add(
        "%s on %s: share of %s pixels above zero"
            .formatted(activity.layer(), where, told ? "a class's" : "all"));
    title.add(
        "%s; columns: channels, counted from 0"
            .formatted(told ? "rows: classes" : "one row for all classes"));
    if (activity.constant() == null) {
      add(title, "dead", activity.dead());
      add(title, "almost dead (in less than " + Text.percent(below) + ")", activity.almostDead());
    } else {
      add(title, "constant", activity.constant());
    }
    return title;
  }

  /** Some of the columns. */
  private static HeatMap heatMap(
      List<String> title, List<String> rowLabels, double[][] rows, int from, int to) {
    return new HeatMap(
        title,
        rowLabels,
        labels(from, to),
        Arrays.stream(rows).map(row -> Arrays.copyOfRange(row, from, to)).toArray(double[][]::new),
        new HeatMap.Shades(0, 1, Colormap.VIRIDIS),
        CELL_HEIGHT,
        CELL_WIDTH);
  }

  private static void add(List<String> title, String kind, List<Integer> channels) {
    title.add(
        "%d of them %s%s"
            .formatted(
                channels.size(), kind, channels.isEmpty() ? "" : ": " + Text.list(channels)));
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() + 1 + word.length() > LINE) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private List<String> classes(int count) {
    return IntStream.range(0, count).mapToObj(c -> answers.named(c, MOST_LETTERS)).toList();
  }

  private static List<String> labels(int from, int to) {
    return IntStream.range(from, to).mapToObj(String::valueOf).toList();
  }

  private static double[][] transposed(double[][] values) {
    double[][] transposed = new double[values[0].length][values.length];
    for (int r = 0; r < transposed.length; r++) {
      for (int c = 0; c < values.length; c++) {
        transposed[r][c] = values[c][r];
      }
    }
    return transposed;
  }
}
