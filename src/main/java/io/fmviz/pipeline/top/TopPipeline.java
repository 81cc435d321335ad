package io.fmviz.pipeline.top;

import io.fmviz.analysis.NotNumbers;
import io.fmviz.analysis.ReceptiveField;
import io.fmviz.analysis.TopResponses;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.image.PngWriter;
import io.fmviz.network.Batch;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.Progress;
import io.fmviz.pipeline.Run;
import io.fmviz.probe.MapNodes;
import io.fmviz.probe.Probe;
import io.fmviz.report.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the images, and the places in them, that each channel responds to most. */
public final class TopPipeline {
  private TopPipeline() {}

  public static TopResult run(TopRequest request, Progress progress) {
    try (Run run =
            Run.start(
                "top", request.setup(), network -> images(request, network, progress), progress);
        PngWriter png = new PngWriter()) {
      List<Node> nodes = MapNodes.of(run.network(), request.layers(), "ReLU");
      nodes.forEach(TopPipeline::checkField);
      List<String> files = nodes.stream().map(node -> node.name() + ".png").toList();
      nodes.forEach(node -> TopSheet.check(node, run.images(), request));
      run.prepare(files, request.options());
      List<TopResult.Sheet> sheets = new ArrayList<>();
      responses(run, nodes, request.count())
          .forEach((node, found) -> sheets.add(sheet(node, found, run.images())));
      for (TopResult.Sheet sheet : sheets) {
        run.out().write(sheet.file(), TopSheet.draw(sheet, run.images(), request.scale()), png);
      }
      run.complete(files, sheets);
      run.warnOfNotNumbers(
          0, 0, sheets.stream().mapToLong(sheet -> NotNumbers.sum(sheet.notANumber())).sum());
      progress.result(
          "what the channels of %s respond to, of %,d %s images of %s, in %s"
              .formatted(
                  Text.count(sheets.size(), "layer"),
                  run.images().count(),
                  request.split(),
                  run.opened().name(),
                  request.setup().output().folder()));
      return new TopResult(run.facts(), request.split().toString(), run.images().count(), sheets);
    }
  }

  private static void checkField(Node node) {
    if (ReceptiveField.of(node).isEmpty()) {
      throw new UserException(
          "what a position of %s sees of an image is not known: choose other {layers}"
              .formatted(node.name()));
    }
  }

  private static OpenedImages images(TopRequest request, Network network, Progress progress) {
    return OpenedImages.of(request.setup().data(), request.split(), network, progress)
        .first(request.limit());
  }

  private static Map<Node, TopResponses> responses(Run run, List<Node> nodes, int count) {
    Map<Node, TopResponses> found = new LinkedHashMap<>();
    nodes.forEach(node -> found.put(node, new TopResponses(node.channels(), count)));
    Probe probe = new Probe(run.session(), run.images(), nodes);
    probe.run(
        probe.all(),
        new Probe.Consumer() {
          @Override
          public void node(Node node, Batch batch, int[] shape, float[] values) {
            found.get(node).add(batch.indices(), shape, values);
          }
        },
        run.ticker("images"));
    return found;
  }

  private static TopResult.Sheet sheet(Node node, TopResponses found, Images images) {
    return new TopResult.Sheet(
        node.name() + ".png",
        node.name(),
        ReceptiveField.of(node).orElseThrow(),
        found.responses().stream()
            .map(channel -> channel.stream().map(r -> response(r, images)).toList())
            .toList(),
        NotNumbers.orNull(found.notNumbers()));
  }

  private static TopResult.Response response(TopResponses.Response r, Images images) {
    return new TopResult.Response(
        r.image() + 1, images.label(r.image()), r.value(), r.row(), r.column());
  }
}
