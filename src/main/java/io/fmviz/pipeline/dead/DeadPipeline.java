package io.fmviz.pipeline.dead;

import io.fmviz.analysis.ChannelAggregation;
import io.fmviz.analysis.ChannelStatistics;
import io.fmviz.analysis.LayerActivity;
import io.fmviz.analysis.NonFinite;
import io.fmviz.base.Numbers;
import io.fmviz.image.PngWriter;
import io.fmviz.network.Node;
import io.fmviz.pipeline.DefaultLayers;
import io.fmviz.pipeline.ImageCount;
import io.fmviz.pipeline.Job;
import io.fmviz.pipeline.Machine;
import io.fmviz.pipeline.Opened;
import io.fmviz.pipeline.OutputWriter;
import io.fmviz.pipeline.Progress;
import io.fmviz.report.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the channels that never rise above zero, whatever the image. */
public final class DeadPipeline {
  private DeadPipeline() {}

  public static DeadResult run(DeadRequest request, Machine machine, Progress progress) {
    return run(
        request, Opened.of(request.setup(), request.split(), request.samples(), machine, progress));
  }

  /** Looks at what is open. */
  public static DeadResult run(DeadRequest request, Opened opened) {
    try (Job job = Job.start(opened)) {
      return run(request, job);
    }
  }

  private static DeadResult run(DeadRequest request, Job job) {
    List<Node> nodes = DefaultLayers.silent(job.network(), request.layers());
    List<String> files = nodes.stream().map(DeadPipeline::file).toList();
    try (OutputWriter out = new OutputWriter("dead", job, files, request.options())) {
      ChannelAggregation pass = ChannelAggregation.of(job.network(), job.images(), nodes);
      Map<Node, ChannelStatistics> found =
          pass.found(job.network(), job.gather(pass, job.ticker("images")));
      int images = ImageCount.at(job.images());
      String where = job.data().text(images);
      ActivityPicture drawing = new ActivityPicture(job.opened().answers(), where, request.below());
      List<LayerActivity> activities = new ArrayList<>();
      try (PngWriter png = new PngWriter()) {
        found.forEach(
            (node, statistics) -> {
              LayerActivity activity = LayerActivity.of(node, statistics, request.below());
              activities.add(activity);
              out.folder().write(file(node), drawing.draw(activity), png);
            });
      }
      List<LayerActivity> shown = activities.stream().map(LayerActivity::withoutClasses).toList();
      out.complete(files, activities, new DeadSummary(images, shown), Map.of());
      job.warnOfNonFinite(
          0, 0, activities.stream().mapToLong(a -> NonFinite.sum(a.values().notANumber())).sum());
      DeadResult result =
          new DeadResult(
              job.facts(),
              job.data().isDataset() ? request.split().toString() : null,
              images,
              images,
              request.below(),
              activities,
              failure(request.failOnDead(), activities));
      DeadReport.print(result, where, request.channels(), out.lookAt(files), job.progress());
      return result;
    }
  }

  /** What the page shows; the pictures tell the classes apart. */
  private record DeadSummary(int images, List<LayerActivity> layers) {}

  private static String file(Node node) {
    return node.name() + ".png";
  }

  private static String failure(Double allowed, List<LayerActivity> activities) {
    if (allowed == null) {
      return null;
    }
    String layers =
        activities.stream()
            .filter(a -> a.deadPercent() > allowed)
            .map(
                a ->
                    "%s has %s of %d (%s %%)"
                        .formatted(
                            a.layer(),
                            Numbers.count(a.dead().size(), "dead channel"),
                            a.channels(),
                            Numbers.decimals(1, a.deadPercent())))
            .collect(Collectors.joining(", "));
    return layers.isEmpty()
        ? null
        : "more than the allowed %s %% of a layer are dead: %s"
            .formatted(Text.number(allowed), layers);
  }
}
