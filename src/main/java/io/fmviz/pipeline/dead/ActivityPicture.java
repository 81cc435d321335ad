package io.fmviz.pipeline.dead;

import io.fmviz.analysis.LayerActivity;
import io.fmviz.image.Colormap;
import io.fmviz.image.HeatMap;
import io.fmviz.image.RgbImage;
import io.fmviz.report.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How active a layer's channels are, class by class: a heat map with a row for each class and a
 * column for each channel. A dead channel is a column in the colour of 0, a class without images a
 * grey row, a channel with values that are no number a grey column.
 */
final class ActivityPicture {
  private static final int CELL_HEIGHT = 16;
  private static final int CELL_WIDTH = 9;

  /** Characters of a title's line, so that it is no wider than 128 channels. */
  private static final int LINE = 170;

  private ActivityPicture() {}

  /**
   * Draws it.
   *
   * @param where the images, in words
   */
  static RgbImage draw(LayerActivity activity, String where, double below) {
    double[][] byClass = transposed(activity.shares().classPixelShare());
    List<String> title = new ArrayList<>();
    title.add(activity.layer() + " on " + where + ": share of a class's pixels above zero");
    title.add("rows: classes; columns: channels, counted from 0");
    add(title, "dead", activity.dead());
    add(title, "almost dead (in less than " + Text.percent(below) + ")", activity.almostDead());
    if (!activity.notNumbers().isEmpty()) {
      add(title, "with values that are no number", activity.notNumbers());
      title.add("grey: these, or no image of this class");
    } else if (Arrays.stream(byClass).flatMapToDouble(Arrays::stream).anyMatch(Double::isNaN)) {
      title.add("grey: no image of this class");
    }
    return new HeatMap(
            title.stream().flatMap(line -> wrapped(line).stream()).toList(),
            labels(byClass.length),
            labels(activity.channels()),
            byClass,
            new HeatMap.Shades(0, 1, Colormap.VIRIDIS),
            CELL_HEIGHT,
            CELL_WIDTH)
        .draw();
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

  private static List<String> labels(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
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
