package io.fmviz.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.fmviz.base.AtomicFile;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.forward.Layer;
import io.fmviz.forward.LayerSelection;
import io.fmviz.image.PngWriter;
import io.fmviz.image.RgbImage;
import io.fmviz.model.Classifier;
import io.fmviz.report.TextTable;
import io.fmviz.runtime.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the channels that never rise above zero, whatever the image. */
public final class DeadPipeline {
  /** A ReLU is dead where its convolution is; both are shown. */
  private static final LayerSelection DEFAULT = new LayerSelection(List.of("Conv2d", "ReLU"));

  private DeadPipeline() {}

  public static DeadResult run(DeadRequest request, Progress progress) {
    Checkpoint checkpoint = request.checkpoint().read();
    OpenedDataset opened = request.data().open(progress);
    CheckpointRequest.checkFits(checkpoint, opened, progress);
    LabeledImages images = DataRequest.load(opened, request.split(), request.limit());
    Device device = Torch.start(request.compute());
    long start = System.nanoTime();
    try (NDManager manager = NDManager.newBaseManager(device);
        Classifier classifier = new Classifier(manager, checkpoint.widths(), checkpoint);
        OutputFolder out = new OutputFolder(request.out())) {
      List<Layer> layers =
          MapLayers.of(classifier.block(), request.layers() == null ? DEFAULT : request.layers());
      List<String> files = layers.stream().map(layer -> layer.name() + ".png").toList();
      Provenance provenance =
          new Provenance("dead", checkpoint, opened, request.split(), options(request));
      out.prepare(provenance.planned(files), request.force());
      List<LayerActivity> activities = new ArrayList<>();
      ChannelPass.run(classifier, manager, images, layers, progress)
          .forEach((layer, s) -> activities.add(LayerActivity.of(layer, s, request.below())));
      String where =
          String.format(
              Locale.ROOT,
              "%,d %s images of %s",
              images.count(),
              request.split(),
              opened.dataset().name());
      try (PngWriter png = new PngWriter()) {
        for (LayerActivity a : activities) {
          RgbImage picture = ActivityPicture.draw(a, where, request.below());
          AtomicFile.write(out.resolve(a.layer() + ".png"), stream -> png.write(picture, stream));
        }
      }
      out.write(provenance.complete(files, activities));
      print(request, checkpoint.file() + " on " + where, activities, progress);
      return new DeadResult(
          checkpoint.file().toString(),
          opened.dataset().name(),
          opened.fallbackReason(),
          request.split().toString(),
          images.count(),
          request.below(),
          Torch.name(device),
          request.compute().threads(),
          activities,
          failure(request.failOnDead(), activities),
          request.out().toString(),
          out.manifest().toString(),
          (System.nanoTime() - start) / 1e9);
    }
  }

  private static Map<String, Object> options(DeadRequest request) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("split", request.split().toString());
    options.put("limit", request.limit());
    options.put("layers", request.layers() == null ? null : request.layers().entries());
    options.put("below", request.below());
    return options;
  }

  private static void print(
      DeadRequest request, String title, List<LayerActivity> activities, Progress progress) {
    progress.result(title);
    TextTable table = new TextTable();
    table.row(List.of("layer", "channels", "dead", "almost dead", "always on"));
    for (LayerActivity a : activities) {
      table.row(
          List.of(
              a.layer(),
              String.valueOf(a.channels()),
              String.valueOf(a.dead().size()),
              String.valueOf(a.almostDead().size()),
              String.valueOf(a.alwaysOn().size())));
    }
    table.lines().forEach(progress::result);
    progress.result("the channels, counted from 0:");
    String almost =
        "almost dead (in less than " + Text.percent(request.below()) + " of the images)";
    for (LayerActivity a : activities) {
      list(a.layer() + " dead", a.dead(), progress);
      list(a.layer() + " " + almost, a.almostDead(), progress);
      list(a.layer() + " always on", a.alwaysOn(), progress);
    }
    progress.result("pictures of every channel's activity by class: " + request.out());
  }

  private static void list(String title, List<Integer> channels, Progress progress) {
    if (!channels.isEmpty()) {
      progress.result(title + ": " + Text.list(channels));
    }
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
                    String.format(
                        Locale.ROOT,
                        "%s has %d dead channels of %d (%.1f %%)",
                        a.layer(),
                        a.dead().size(),
                        a.channels(),
                        a.deadPercent()))
            .collect(Collectors.joining(", "));
    return layers.isEmpty()
        ? null
        : "more than the allowed %s %% of a layer are dead: %s"
            .formatted(Text.number(allowed), layers);
  }
}
