package io.fmviz.pipeline.top;

import io.fmviz.analysis.LayerName;
import io.fmviz.analysis.NonFinite;
import io.fmviz.analysis.ReceptiveField;
import io.fmviz.analysis.TopAggregation;
import io.fmviz.analysis.TopResponses;
import io.fmviz.image.PngWriter;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.DefaultLayers;
import io.fmviz.pipeline.ImageCount;
import io.fmviz.pipeline.Machine;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.Progress;
import io.fmviz.pipeline.Run;
import io.fmviz.probe.MapChoice;
import io.fmviz.report.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the images, and the places in them, that each channel responds to most. */
public final class TopPipeline {
  private TopPipeline() {}

  public static TopResult run(TopRequest request, Machine machine, Progress progress) {
    return run(
        request,
        machine,
        machine.open(request.setup().network(), progress),
        opened -> images(request, opened, progress),
        progress);
  }

  /** Runs on a network and images that are opened elsewhere. */
  public static TopResult run(
      TopRequest request, Network network, Run.Opening opening, Progress progress) {
    return run(request, Machine.HERE, network, opening, progress);
  }

  private static TopResult run(
      TopRequest request,
      Machine machine,
      Network network,
      Run.Opening opening,
      Progress progress) {
    try (Run run = new Run("top", request.setup(), network, opening, progress).on(machine).start();
        PngWriter png = new PngWriter()) {
      List<Node> nodes = DefaultLayers.activations(run.network(), request.layers());
      List<String> files = nodes.stream().map(node -> node.name() + ".png").toList();
      TopSheet drawing =
          new TopSheet(run.images(), Answers.of(run.network(), run.opened()), request.scale());
      nodes.forEach(node -> drawing.check(node, request, request.rows(run.network(), node)));
      run.prepare(files, request.options());
      List<TopResult.Sheet> sheets = new ArrayList<>();
      responses(run, nodes, request.count())
          .forEach(
              (node, found) -> {
                int[] rows = request.rows(run.network(), node);
                TopResult.Sheet sheet = sheet(node, found, rows, run.opened());
                sheets.add(sheet);
                run.out().write(sheet.file(), drawing.draw(sheet, node, rows), png);
                run.ticker("sheets").done(sheets.size(), nodes.size());
              });
      run.complete(
          files, sheets, new TopSummary(ImageCount.at(run.images()), sheets), labels(sheets));
      run.warnOfNotNumbers(
          0, 0, sheets.stream().mapToLong(sheet -> NonFinite.sum(sheet.notANumber())).sum());
      progress.result(
          "what the channels of %s respond to, among %s, in %s; %s"
              .formatted(
                  Text.count(sheets.size(), "layer"),
                  run.opened().text(ImageCount.at(run.images())),
                  request.setup().output().folder(),
                  run.page().lookAt(files)));
      return new TopResult(
          run.facts(),
          run.opened().isDataset() ? request.split().toString() : null,
          ImageCount.at(run.images()),
          ImageCount.at(run.images()),
          sheets);
    }
  }

  /** Of all images that are named. */
  private static Set<Integer> labels(List<TopResult.Sheet> sheets) {
    Set<Integer> labels = new HashSet<>();
    for (TopResult.Sheet sheet : sheets) {
      sheet.channels().forEach(channel -> channel.forEach(r -> labels.add(r.label())));
    }
    return labels;
  }

  /** What the page shows. */
  private record TopSummary(int images, List<TopResult.Sheet> layers) {}

  private static OpenedImages images(TopRequest request, Network network, Progress progress) {
    return OpenedImages.of(request.setup().data(), request.split(), network, progress)
        .first(request.samples());
  }

  private static Map<Node, TopResponses> responses(Run run, List<Node> nodes, int count) {
    List<TopResponses> gathered =
        run.gather(TopAggregation.of(run.network(), nodes, count), run.ticker("images")).parts();
    Map<Node, TopResponses> found = new LinkedHashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      found.put(nodes.get(i), gathered.get(i));
    }
    return found;
  }

  private static TopResult.Sheet sheet(
      Node node, TopResponses found, int[] rows, OpenedImages opened) {
    return new TopResult.Sheet(
        node.name() + ".png",
        LayerName.of(node),
        ReceptiveField.of(node).orElse(null),
        MapChoice.share(rows, node.channels()),
        found.responses().stream()
            .map(channel -> channel.stream().map(r -> response(r, opened)).toList())
            .toList(),
        NonFinite.orNull(found.notNumbers()));
  }

  private static TopResult.TopResponse response(TopResponses.Response r, OpenedImages opened) {
    return new TopResult.TopResponse(
        r.image() + 1,
        opened.images().source(r.image()),
        opened.label(r.image()),
        r.value(),
        r.row(),
        r.column());
  }
}
