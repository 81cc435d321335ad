package io.fmviz.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.fmviz.analysis.ReceptiveField;
import io.fmviz.analysis.TopResponses;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.forward.Layer;
import io.fmviz.image.PngWriter;
import io.fmviz.model.Classifier;
import io.fmviz.model.Window;
import io.fmviz.runtime.Torch;
import io.fmviz.training.ImageOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the images, and the places in them, that each channel responds to most. */
public final class TopPipeline {
  private final TopRequest request;
  private final Checkpoint checkpoint;
  private final OpenedDataset opened;
  private final LabeledImages images;
  private final Progress progress;

  private TopPipeline(
      TopRequest request, Checkpoint checkpoint, OpenedDataset opened, Progress progress) {
    this.request = request;
    this.checkpoint = checkpoint;
    this.opened = opened;
    this.images = DataRequest.load(opened, request.split(), request.limit());
    this.progress = progress;
  }

  public static TopResult run(TopRequest request, Progress progress) {
    Checkpoint checkpoint = request.checkpoint().read();
    OpenedDataset opened = request.data().open(progress);
    CheckpointRequest.checkFits(checkpoint, opened, progress);
    return new TopPipeline(request, checkpoint, opened, progress).find();
  }

  private TopResult find() {
    Device device = Torch.start(request.compute());
    long start = System.nanoTime();
    try (NDManager manager = NDManager.newBaseManager(device);
        Classifier classifier = new Classifier(manager, checkpoint.widths(), checkpoint);
        OutputFolder out = new OutputFolder(request.out());
        PngWriter png = new PngWriter()) {
      List<Layer> layers = MapLayers.of(classifier.block(), request.layers(), "ReLU");
      List<String> files = layers.stream().map(layer -> layer.name() + ".png").toList();
      Provenance provenance =
          new Provenance("top", checkpoint, opened, request.split(), request.options());
      out.prepare(provenance.planned(files), request.force());
      ActivationPass pass = new ActivationPass(classifier, manager, images, layers);
      List<TopResult.Sheet> sheets = sheets(responses(pass));
      for (TopResult.Sheet sheet : sheets) {
        out.write(sheet.file(), TopSheet.draw(sheet, images, request.scale()), png);
      }
      out.write(provenance.complete(files, sheets));
      progress.result(
          "what the channels of %s respond to, of %,d %s images of %s, in %s"
              .formatted(
                  Text.count(sheets.size(), "layer"),
                  images.count(),
                  request.split(),
                  opened.dataset().name(),
                  request.out()));
      return result(device, sheets, out, (System.nanoTime() - start) / 1e9);
    }
  }

  private TopResult result(
      Device device, List<TopResult.Sheet> sheets, OutputFolder out, double seconds) {
    return new TopResult(
        checkpoint.file().toString(),
        opened.dataset().name(),
        opened.fallbackReason(),
        request.split().toString(),
        images.count(),
        Torch.name(device),
        request.compute().threads(),
        sheets,
        request.out().toString(),
        out.manifest().toString(),
        seconds);
  }

  private Map<String, TopResponses> responses(ActivationPass pass) {
    Map<String, TopResponses> found = new LinkedHashMap<>();
    pass.run(
        ImageOrder.ascending(images.count()),
        new ActivationPass.Consumer() {
          @Override
          public void layer(Layer layer, int first, int[] shape, float[] values) {
            found
                .computeIfAbsent(layer.name(), name -> new TopResponses(shape[1], request.count()))
                .add(first, shape, values);
          }
        },
        "images",
        progress);
    return found;
  }

  private List<TopResult.Sheet> sheets(Map<String, TopResponses> found) {
    Map<String, ReceptiveField> fields = ReceptiveField.of(Window.ofClassifier(images.height()));
    List<TopResult.Sheet> sheets = new ArrayList<>();
    found.forEach(
        (layer, responses) ->
            sheets.add(
                new TopResult.Sheet(
                    layer + ".png",
                    layer,
                    fields.get(layer),
                    responses.responses().stream()
                        .map(channel -> channel.stream().map(this::response).toList())
                        .toList())));
    return sheets;
  }

  private TopResult.Response response(TopResponses.Response r) {
    return new TopResult.Response(
        r.image() + 1, images.label(r.image()), r.value(), r.row(), r.column());
  }
}
