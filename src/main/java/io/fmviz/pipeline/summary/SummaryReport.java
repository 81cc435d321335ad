package io.fmviz.pipeline.summary;

import io.fmviz.analysis.LayerTable;
import io.fmviz.base.Numbers;
import io.fmviz.network.InputForm;
import io.fmviz.network.Network;
import io.fmviz.pipeline.Progress;
import io.fmviz.report.Text;
import io.fmviz.report.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An ONNX network, for people: a table as wide as its cells, however deep it is. */
final class SummaryReport {
  private static final double MILLION = 1e6;

  /** Where nothing is counted. */
  private static final String NONE = "-";

  private SummaryReport() {}

  static void print(Network network, SummaryPipeline.SummaryResult r, Progress progress) {
    InputForm input = network.input();
    progress.result(network.location());
    progress.result(
        "input: %s of %d x %d pixels%s"
            .formatted(
                Text.count(input.channels(), "channel"),
                input.height(),
                input.width(),
                input.reading() != null && input.reading().isSizeGuessed()
                    ? ", a guess: the network takes other sizes too, with other outputs"
                    : ""));
    if (input.reading() != null) {
      progress.result(input.reading().text());
    }
    TextTable table = new TextTable();
    table.row(List.of("layer", "path", "output", "parameters", "MFLOPs"));
    r.layers().forEach(row -> table.row(cells(row)));
    table.lines().forEach(progress::result);
    progress.result(
        "%s, %s MFLOPs for one image (a multiply-add counted as 2)"
            .formatted(Numbers.count(r.parameters(), "parameter"), millions(r.flops())));
    progress.result(
        "memory for one image, MB: input %s, maps %s, parameters %s"
            .formatted(
                Numbers.decimals(2, r.memory().inputMegabytes()),
                Numbers.decimals(2, r.memory().forwardBackwardMegabytes() / 2),
                Numbers.decimals(2, r.memory().parameterMegabytes())));
    network.outputs().stream()
        .map(output -> "output " + output.name() + ": " + output.node().name())
        .forEach(progress::result);
    r.layers().stream()
        .filter(row -> row.note() != null)
        .collect(
            Collectors.groupingBy(LayerTable.Row::note, LinkedHashMap::new, Collectors.toList()))
        .forEach((note, rows) -> progress.result(noted(note, rows)));
    network.notShown().forEach(progress::result);
  }

  private static List<String> cells(LayerTable.Row row) {
    return List.of(
        row.name(),
        row.path(),
        row.outputShape().stream().map(String::valueOf).collect(Collectors.joining(" x ")),
        row.parameters() == 0 ? NONE : String.format(Locale.ROOT, "%,d", row.parameters()),
        row.flops() == 0 ? NONE : millions(row.flops()));
  }

  private static String millions(long flops) {
    return Numbers.decimals(1, flops / MILLION);
  }

  /** {@code Conv2d_1, Conv2d_3 and 12 more: holds ...}. */
  private static String noted(String note, List<LayerTable.Row> rows) {
    String named =
        rows.stream().limit(3).map(LayerTable.Row::name).collect(Collectors.joining(", "));
    return "%s%s: %s"
        .formatted(named, rows.size() > 3 ? " and %d more".formatted(rows.size() - 3) : "", note);
  }
}
