package io.fmviz.pipeline.prune;

import io.fmviz.analysis.BeforeAfter;
import io.fmviz.base.Numbers;
import io.fmviz.pipeline.Progress;
import io.fmviz.report.Text;
import io.fmviz.report.TextTable;
import java.util.List;
import java.util.Locale;

/** What pruning came to, for people. */
final class PruneReport {
  private PruneReport() {}

  /**
   * Prints it.
   *
   * @param everyLayer whether all convolutions could lose channels
   */
  static void print(PruneResult r, boolean everyLayer, Progress progress) {
    progress.result(
        "%s, pruned where dead on the %,d %s images of %s:"
            .formatted(
                r.run().location(), r.looked().onImages(), r.looked().on(), r.run().dataset()));
    removed(r, everyLayer, progress);
    TextTable table = new TextTable();
    table.row(List.of("", "before", "after"));
    for (PruneResult.PrunedLayer layer : r.layers()) {
      counts(table, layer.layer() + " channels", layer.channels());
    }
    counts(table, "parameters", r.sizes().parameters());
    counts(table, "FLOPs per image", r.sizes().flops());
    counts(table, "file size in bytes", r.sizes().fileBytes());
    for (PruneResult.Timing t : r.timings()) {
      row(
          table,
          "ms per image, batches of " + t.batchSize(),
          Numbers.decimals(3, t.before()),
          Numbers.decimals(3, t.after()));
    }
    counts(
        table, "right of " + Text.count(r.proof().testImages(), "test image"), r.proof().correct());
    row(
        table,
        "accuracy",
        Numbers.share(r.proof().accuracy().before()),
        Numbers.share(r.proof().accuracy().after()));
    table.lines().forEach(progress::result);
    progress.result(
        "%,d of %s changed, largest difference of a logit %s"
            .formatted(
                r.proof().predictionsChanged(),
                Text.count(r.proof().testImages(), "prediction"),
                Numbers.significant(r.proof().largestLogitDifference())));
    progress.result(
        "(channels are counted from 0; a multiply-add is 2 FLOPs, biases, ReLU and pooling left"
            + " out; times are medians of runs in turn)");
    if (r.to() != null) {
      progress.result("written: " + r.to());
    }
  }

  private static void removed(PruneResult r, boolean everyLayer, Progress progress) {
    for (PruneResult.PrunedLayer layer : r.layers()) {
      list(layer.layer() + " loses ", layer.removedDead(), " dead", progress);
      list(layer.layer() + " loses ", layer.removedAlmostDead(), " almost dead", progress);
      if (layer.spared() != null) {
        progress.result(
            "%s keeps channel %d though it should go: a layer needs at least one"
                .formatted(layer.layer(), layer.spared()));
      }
    }
    if (r.layers().stream().allMatch(l -> l.channels().before().equals(l.channels().after()))) {
      boolean spared = r.layers().stream().anyMatch(layer -> layer.spared() != null);
      progress.result(
          "%s channel%s is dead: nothing is removed, the network stays as it was"
              .formatted(spared ? "no other" : "no", everyLayer ? "" : " of the chosen layers"));
    }
    if (r.layers().stream().anyMatch(layer -> !layer.removedAlmostDead().isEmpty())) {
      progress.result(
          "the almost dead are above zero in less than %s of the images; without them %s changed, and the right ones by %+d"
              .formatted(
                  Text.percent(r.looked().below()),
                  Text.count(r.proof().predictionsChanged(), "prediction"),
                  r.proof().correct().after() - r.proof().correct().before()));
    }
  }

  private static void list(String start, List<Integer> channels, String kind, Progress progress) {
    if (!channels.isEmpty()) {
      progress.result(
          start
              + Text.count(channels.size(), "channel").replace(" ", kind + " ")
              + ": "
              + Text.list(channels));
    }
  }

  private static void counts(TextTable table, String name, BeforeAfter<? extends Number> numbers) {
    row(table, name, count(numbers.before()), count(numbers.after()));
  }

  private static void row(TextTable table, String name, String before, String after) {
    table.row(List.of(name, before, after));
  }

  private static String count(Number number) {
    return number == null ? "-" : String.format(Locale.ROOT, "%,d", number.longValue());
  }
}
