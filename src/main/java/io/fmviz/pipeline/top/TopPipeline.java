package io.fmviz.pipeline.top;

import io.fmviz.analysis.LayerName;
import io.fmviz.analysis.NonFinite;
import io.fmviz.analysis.ReceptiveField;
import io.fmviz.analysis.TopAggregation;
import io.fmviz.analysis.TopResponses;
import io.fmviz.image.PngWriter;
import io.fmviz.network.Node;
import io.fmviz.pipeline.AnsweredImage;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.DefaultLayers;
import io.fmviz.pipeline.ImageCount;
import io.fmviz.pipeline.Job;
import io.fmviz.pipeline.Machine;
import io.fmviz.pipeline.Opened;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.OutputWriter;
import io.fmviz.pipeline.Progress;
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
        request, Opened.of(request.setup(), request.split(), request.samples(), machine, progress));
  }

  /** Looks at what is open. */
  public static TopResult run(TopRequest request, Opened opened) {
    try (Job job = Job.start(opened)) {
      return run(request, job);
    }
  }

  private static TopResult run(TopRequest request, Job job) {
    List<Node> nodes = DefaultLayers.activations(job.network(), request.layers());
    List<String> files = nodes.stream().map(node -> node.name() + ".png").toList();
    Answers answers = job.opened().answers();
    TopSheet drawing = new TopSheet(job.images(), answers, request.scale());
    nodes.forEach(node -> drawing.check(node, request, request.rows(job.network(), node)));
    try (OutputWriter out = new OutputWriter("top", job, files, request.options());
        PngWriter png = new PngWriter()) {
      List<TopResult.Sheet> sheets = new ArrayList<>();
      responses(job, nodes, request.count())
          .forEach(
              (node, found) -> {
                int[] rows = request.rows(job.network(), node);
                TopResult.Sheet sheet = sheet(node, found, rows, job.data());
                sheets.add(sheet);
                out.folder().write(sheet.file(), drawing.draw(sheet, node, rows), png);
                job.ticker("sheets").done(sheets.size(), nodes.size());
              });
      int images = ImageCount.at(job.images());
      out.complete(files, sheets, new TopSummary(images, sheets), answers.namesOf(labels(sheets)));
      job.warnOfNonFinite(
          0, 0, sheets.stream().mapToLong(sheet -> NonFinite.sum(sheet.notANumber())).sum());
      job.progress()
          .result(
              "what the channels of %s respond to, among %s, in %s; %s"
                  .formatted(
                      Text.count(sheets.size(), "layer"),
                      job.data().text(images),
                      request.setup().output().folder(),
                      out.lookAt(files)));
      return new TopResult(
          job.facts(),
          job.data().isDataset() ? request.split().toString() : null,
          images,
          images,
          sheets);
    }
  }

  /** Of all images that are named. */
  private static Set<Integer> labels(List<TopResult.Sheet> sheets) {
    Set<Integer> labels = new HashSet<>();
    for (TopResult.Sheet sheet : sheets) {
      sheet.channels().forEach(channel -> channel.forEach(r -> labels.add(r.image().label())));
    }
    return labels;
  }

  /** What the page shows. */
  private record TopSummary(int images, List<TopResult.Sheet> layers) {}

  private static Map<Node, TopResponses> responses(Job job, List<Node> nodes, int count) {
    List<TopResponses> gathered =
        job.gather(TopAggregation.of(job.network(), nodes, count), job.ticker("images")).parts();
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
        AnsweredImage.of(opened, r.image(), null), r.value(), r.row(), r.column());
  }
}
