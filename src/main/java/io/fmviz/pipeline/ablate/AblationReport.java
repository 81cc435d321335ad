package io.fmviz.pipeline.ablate;

import io.fmviz.analysis.Activations;
import io.fmviz.base.Numbers;
import io.fmviz.pipeline.AnsweredImage;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.Progress;
import io.fmviz.report.TextTable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What maps are worth, for people. */
final class AblationReport {
  /** Rows of a layer in a table; JSON has them all. */
  private static final int ROWS = 5;

  /** In place of an accuracy where there are no labels. */
  private static final String NOT_KNOWN = "-";

  private AblationReport() {}

  /** {@code (a 0 cat)}, after a blank; nothing where there is no label. */
  static String label(AnsweredImage image, Answers answers) {
    return image.label() == null ? "" : " (a %s)".formatted(answers.named(image.label()));
  }

  static void print(AblateResult.Image image, String name, Answers answers, Progress progress) {
    progress.result(
        "%s%s: predicted %s with %s %s"
            .formatted(
                name,
                label(image.image(), answers),
                image.image().prediction().named(),
                answers.one(),
                Numbers.decimals(3, image.logit())));
    progress.result(
        "with one map set to zero, the %d of each layer that change that %s most:"
            .formatted(ROWS, answers.one()));
    TextTable table = new TextTable();
    String without = answers.areLabels() ? "likeliest" : "predicted";
    table.row(List.of("layer", "channel", answers.one() + " change", without));
    for (AblateResult.ImageLayer layer : image.layers()) {
      first(ranked(layer))
          .forEach(
              c ->
                  table.row(
                      List.of(
                          layer.layer(),
                          c.toString(),
                          signed(layer.change()[c]),
                          predicted(layer.predicted().get(c), answers))));
    }
    table.lines().forEach(progress::result);
    progress.result("(channels are counted from 0)");
  }

  static void print(
      AblateResult.Samples samples, String where, Answers answers, Progress progress) {
    progress.result(
        samples.accuracy() == null
            ? where
            : String.format(
                Locale.ROOT,
                "%s: accuracy %s (%,d right)",
                where,
                Numbers.share(samples.accuracy()),
                samples.correct()));
    progress.result(
        "with one map set to zero, the %d most valuable of each layer:".formatted(ROWS));
    table(samples.layers(), answers.one()).lines().forEach(progress::result);
    for (AblateResult.SamplesLayer layer : samples.layers()) {
      long idle = IntStream.of(layer.predictionsChanged()).filter(changed -> changed == 0).count();
      progress.result(
          "%s: %d of %s change no prediction"
              .formatted(layer.layer(), idle, Numbers.count(layer.channels(), "channel")));
    }
    progress.result("(channels are counted from 0)");
  }

  private static TextTable table(List<AblateResult.SamplesLayer> layers, String value) {
    TextTable table = new TextTable();
    String change = "mean " + value + " change";
    table.row(List.of("layer", "channel", "accuracy", "points", "predictions changed", change));
    for (AblateResult.SamplesLayer layer : layers) {
      first(ranked(layer))
          .forEach(
              c ->
                  table.row(
                      List.of(
                          layer.layer(),
                          c.toString(),
                          layer.accuracy() == null ? NOT_KNOWN : Numbers.share(layer.accuracy()[c]),
                          layer.accuracy() == null ? NOT_KNOWN : points(layer.accuracyChange()[c]),
                          String.format(Locale.ROOT, "%,d", layer.predictionsChanged()[c]),
                          signed(layer.meanLogitChange()[c]))));
    }
    return table;
  }

  private static String predicted(Integer without, Answers answers) {
    return without == null ? "nothing" : answers.named(without);
  }

  private static List<Integer> first(List<Integer> ranked) {
    return ranked.subList(0, Math.min(ROWS, ranked.size()));
  }

  /** The channels by the size of the change, the largest first, those without one last. */
  private static List<Integer> ranked(AblateResult.ImageLayer layer) {
    return Activations.ranked(DoubleStream.of(layer.change()).map(Math::abs).toArray());
  }

  /** The channels by the accuracy that they are worth, then by the predictions that change. */
  static List<Integer> ranked(AblateResult.SamplesLayer layer) {
    return ranked(
        layer.channels(),
        Comparator.comparingDouble(
                (Integer c) -> layer.accuracyChange() == null ? 0 : layer.accuracyChange()[c])
            .thenComparingInt(c -> -layer.predictionsChanged()[c]));
  }

  private static List<Integer> ranked(int channels, Comparator<Integer> order) {
    return IntStream.range(0, channels).boxed().sorted(order).toList();
  }

  /** A change of a share, in percentage points. */
  static String points(double change) {
    return Numbers.signed(2, 100 * change);
  }

  private static String signed(double value) {
    return Numbers.signed(3, value);
  }
}
