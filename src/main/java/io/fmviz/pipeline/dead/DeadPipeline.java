package io.fmviz.pipeline.dead;

import io.fmviz.analysis.ChannelAggregation;
import io.fmviz.analysis.ChannelStatistics;
import io.fmviz.analysis.LayerActivity;
import io.fmviz.analysis.NonFinite;
import io.fmviz.base.Numbers;
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
        request,
        machine,
        machine.open(request.setup().network(), progress),
        opened -> images(request, opened, progress),
        progress);
  }

  /** Runs on a network and images that are opened elsewhere. */
  public static DeadResult run(
      DeadRequest request, Network network, Run.Opening opening, Progress progress) {
    return run(request, Machine.HERE, network, opening, progress);
  }

  private static DeadResult run(
      DeadRequest request,
      Machine machine,
      Network network,
      Run.Opening opening,
      Progress progress) {
    try (Run run =
        new Run("dead", request.setup(), network, opening, progress).on(machine).start()) {
      List<Node> nodes = DefaultLayers.silent(run.network(), request.layers());
      List<String> files = nodes.stream().map(DeadPipeline::file).toList();
      run.prepare(files, request.options());
      ChannelAggregation pass = ChannelAggregation.of(run.network(), run.images(), nodes);
      Map<Node, ChannelStatistics> found =
          pass.found(run.network(), run.gather(pass, run.ticker("images")));
      String where = run.opened().text(ImageCount.at(run.images()));
      ActivityPicture drawing =
          new ActivityPicture(Answers.of(run.network(), run.opened()), where, request.below());
      List<LayerActivity> activities = new ArrayList<>();
      try (PngWriter png = new PngWriter()) {
        found.forEach(
            (node, statistics) -> {
              LayerActivity activity = LayerActivity.of(node, statistics, request.below());
              activities.add(activity);
              run.out().write(file(node), drawing.draw(activity), png);
            });
      }
      run.complete(
          files,
          activities,
          new DeadSummary(
              ImageCount.at(run.images()),
              activities.stream().map(LayerActivity::withoutClasses).toList()));
      run.warnOfNotNumbers(
          0, 0, activities.stream().mapToLong(a -> NonFinite.sum(a.values().notANumber())).sum());
      DeadResult result =
          new DeadResult(
              run.facts(),
              run.opened().isDataset() ? request.split().toString() : null,
              ImageCount.at(run.images()),
              ImageCount.at(run.images()),
              request.below(),
              activities,
              failure(request.failOnDead(), activities));
      DeadReport.print(result, where, request.channels(), run.page().lookAt(files), progress);
      return result;
    }
  }

  /** What the page shows; the pictures tell the classes apart. */
  private record DeadSummary(int images, List<LayerActivity> layers) {}

  private static OpenedImages images(DeadRequest request, Network network, Progress progress) {
    return OpenedImages.of(request.setup().data(), request.split(), network, progress)
        .first(request.samples());
  }

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
                    "%s has %d dead channels of %d (%s %%)"
                        .formatted(
                            a.layer(),
                            a.dead().size(),
                            a.channels(),
                            Numbers.decimals(1, a.deadPercent())))
            .collect(Collectors.joining(", "));
    return layers.isEmpty()
        ? null
        : "more than the allowed %s %% of a layer are dead: %s"
            .formatted(Text.number(allowed), layers);
  }
}
