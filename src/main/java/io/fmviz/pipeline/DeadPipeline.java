package io.fmviz.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.forward.Layer;
import io.fmviz.image.PngWriter;
import io.fmviz.model.Classifier;
import io.fmviz.runtime.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the channels that never rise above zero, whatever the image. */
public final class DeadPipeline {
  private final DeadRequest request;
  private final Checkpoint checkpoint;
  private final OpenedDataset opened;
  private final LabeledImages images;
  private final Progress progress;

  private DeadPipeline(
      DeadRequest request, Checkpoint checkpoint, OpenedDataset opened, Progress progress) {
    this.request = request;
    this.checkpoint = checkpoint;
    this.opened = opened;
    this.images = DataRequest.load(opened, request.split(), request.limit());
    this.progress = progress;
  }

  public static DeadResult run(DeadRequest request, Progress progress) {
    Checkpoint checkpoint = request.checkpoint().read();
    OpenedDataset opened = request.data().open(progress);
    CheckpointRequest.checkFits(checkpoint, opened, progress);
    return new DeadPipeline(request, checkpoint, opened, progress).find();
  }

  private DeadResult find() {
    Device device = Torch.start(request.compute());
    long start = System.nanoTime();
    try (NDManager manager = NDManager.newBaseManager(device);
        Classifier classifier = new Classifier(manager, checkpoint.widths(), checkpoint);
        OutputFolder out = new OutputFolder(request.out())) {
      // A ReLU is dead where its convolution is; both are shown.
      List<Layer> layers = MapLayers.of(classifier.block(), request.layers(), "Conv2d", "ReLU");
      List<String> files = layers.stream().map(layer -> layer.name() + ".png").toList();
      Provenance provenance =
          new Provenance("dead", checkpoint, opened, request.split(), request.options());
      out.prepare(provenance.planned(files), request.force());
      List<LayerActivity> activities = new ArrayList<>();
      ChannelPass.run(classifier, manager, images, layers, progress)
          .forEach((layer, s) -> activities.add(LayerActivity.of(layer, s, request.below())));
      draw(activities, out);
      out.write(provenance.complete(files, activities));
      DeadResult result = result(device, activities, out, (System.nanoTime() - start) / 1e9);
      DeadReport.print(result, request.channels(), progress);
      return result;
    }
  }

  private void draw(List<LayerActivity> activities, OutputFolder out) {
    String where =
        DeadReport.images(images.count(), request.split().toString(), opened.dataset().name());
    try (PngWriter png = new PngWriter()) {
      for (LayerActivity a : activities) {
        out.write(a.layer() + ".png", ActivityPicture.draw(a, where, request.below()), png);
      }
    }
  }

  private DeadResult result(
      Device device, List<LayerActivity> activities, OutputFolder out, double seconds) {
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
        seconds);
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
