package io.fmviz.pipeline.dead;

import io.fmviz.analysis.LayerActivity;
import io.fmviz.base.Numbers;
import io.fmviz.pipeline.Progress;
import io.fmviz.report.Text;
import io.fmviz.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How active channels are, for people. */
final class DeadReport {
  /** Where nothing is ever known to be so. */
  private static final String NEVER = "-";

  private DeadReport() {}

  /**
   * Prints it.
   *
   * @param where the images, in words
   * @param everyChannel a table of all channels too
   * @param lookAt what to open first
   */
  static void print(
      DeadResult r, String where, boolean everyChannel, String lookAt, Progress progress) {
    progress.result(r.run().location() + " on " + where);
    layers(r.layers()).lines().forEach(progress::result);
    if (everyChannel) {
      channels(r.layers()).lines().forEach(progress::result);
    }
    if (r.layers().stream().anyMatch(DeadReport::isListed)) {
      progress.result("the channels, counted from 0:");
    }
    String almost = "almost dead (in less than " + Text.percent(r.below()) + " of the images)";
    for (LayerActivity a : r.layers()) {
      list(a, "dead", a.dead(), progress::result);
      list(a, "constant", constant(a), progress::result);
      list(a, "with non-finite values", a.notNumbers(), progress::result);
      list(a, almost, a.almostDead(), progress::detail);
      list(a, "always on", a.alwaysOn(), progress::detail);
    }
    boolean told = r.layers().stream().allMatch(a -> a.shares().classPixelShare() != null);
    progress.result(
        "pictures of every channel's activity%s: %s; %s"
            .formatted(told ? " by class" : "", r.run().place().out(), lookAt));
  }

  private static TextTable layers(List<LayerActivity> activities) {
    TextTable table = new TextTable();
    boolean constants = activities.stream().anyMatch(a -> a.constant() != null);
    List<String> head =
        new ArrayList<>(List.of("layer", "channels", "dead", "almost dead", "always on"));
    if (constants) {
      head.add("constant");
    }
    table.row(head);
    for (LayerActivity a : activities) {
      boolean known = a.constant() == null;
      List<String> row =
          new ArrayList<>(
              List.of(
                  a.layer(),
                  String.valueOf(a.channels()),
                  known ? String.valueOf(a.dead().size()) : NEVER,
                  known ? String.valueOf(a.almostDead().size()) : NEVER,
                  String.valueOf(a.alwaysOn().size())));
      if (constants) {
        row.add(known ? NEVER : String.valueOf(a.constant().size()));
      }
      table.row(row);
    }
    return table;
  }

  private static TextTable channels(List<LayerActivity> activities) {
    TextTable table = new TextTable();
    table.row(List.of("layer", "channel", "maximum", "of images", "of pixels", "state"));
    for (LayerActivity a : activities) {
      for (int c = 0; c < a.channels(); c++) {
        table.row(
            List.of(
                a.layer(),
                String.valueOf(c),
                Numbers.decimals(4, a.values().maximum()[c]),
                Numbers.share(a.shares().imageShare()[c]),
                Numbers.share(a.shares().pixelShare()[c]),
                state(a, c)));
      }
    }
    return table;
  }

  private static String state(LayerActivity a, int channel) {
    if (a.notNumbers().contains(channel)) {
      return "non-finite";
    }
    if (a.constant() != null && a.constant().contains(channel)) {
      return "constant";
    }
    if (a.dead().contains(channel)) {
      return "dead";
    }
    if (a.almostDead().contains(channel)) {
      return "almost dead";
    }
    return a.alwaysOn().contains(channel) ? "always on" : "active";
  }

  /** The rest is counted in the table, and listed by request only. */
  private static boolean isListed(LayerActivity a) {
    return !a.dead().isEmpty() || !constant(a).isEmpty() || !a.notNumbers().isEmpty();
  }

  private static List<Integer> constant(LayerActivity a) {
    return a.constant() == null ? List.of() : a.constant();
  }

  private static void list(
      LayerActivity of, String state, List<Integer> channels, Consumer<String> lines) {
    if (!channels.isEmpty()) {
      lines.accept(of.layer() + " " + state + ": " + Text.list(channels));
    }
  }
}
