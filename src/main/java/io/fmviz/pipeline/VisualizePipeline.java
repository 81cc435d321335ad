package io.fmviz.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import io.fmviz.forward.ForwardListeners;
import io.fmviz.forward.Layer;
import io.fmviz.image.PngWriter;
import io.fmviz.model.Classifier;
import io.fmviz.runtime.Torch;
import io.fmviz.training.Batches;
import io.fmviz.training.Logits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs images through a network one at a time and writes every layer's feature maps. */
public final class VisualizePipeline {
  private final VisualizeRequest request;
  private final Checkpoint checkpoint;
  private final OpenedImages source;
  private final Progress progress;
  private final OutputFolder out;
  private final Batches batches;

  private VisualizePipeline(
      VisualizeRequest request, Checkpoint checkpoint, OpenedImages source, Progress progress) {
    this.request = request;
    this.checkpoint = checkpoint;
    this.source = source;
    this.progress = progress;
    this.out = new OutputFolder(request.out());
    this.batches = new Batches(source.images());
  }

  public static VisualizeResult run(VisualizeRequest request, Progress progress) {
    Checkpoint checkpoint = request.checkpoint().read();
    OpenedImages source = OpenedImages.open(request.data(), request.images(), progress);
    return run(request, checkpoint, source, progress);
  }

  /** Runs on a dataset that is open already, unless the images are files. */
  static VisualizeResult run(
      VisualizeRequest request, Checkpoint checkpoint, OpenedDataset opened, Progress progress) {
    OpenedImages source =
        request.images().files().isEmpty()
            ? OpenedImages.of(opened)
            : OpenedImages.open(request.data(), request.images(), progress);
    return run(request, checkpoint, source, progress);
  }

  private static VisualizeResult run(
      VisualizeRequest request, Checkpoint checkpoint, OpenedImages source, Progress progress) {
    CheckpointRequest.checkFits(checkpoint, source.opened(), progress);
    VisualizePipeline pipeline = new VisualizePipeline(request, checkpoint, source, progress);
    try {
      return pipeline.visualize();
    } finally {
      pipeline.out.close();
    }
  }

  private VisualizeResult visualize() {
    Device device = Torch.start(request.compute());
    long start = System.nanoTime();
    try (NDManager manager = NDManager.newBaseManager(device);
        Classifier classifier = new Classifier(manager, checkpoint.widths(), checkpoint);
        PngWriter png = new PngWriter()) {
      List<Layer> layers =
          request.layers() == null
              ? MapLayers.of(classifier.block())
              : MapLayers.of(classifier.block(), request.layers());
      int[] chosen =
          new ImageSelection(request.images(), source, progress).choose(classifier, manager);
      SampleWriter writer = new SampleWriter(request, out, png);
      List<String> files = new ArrayList<>();
      for (int index : chosen) {
        files.addAll(writer.files(source.title(index), writer.names(layers)));
      }
      Provenance provenance =
          new Provenance("visualize", checkpoint, source.opened(), Split.TEST, request.options());
      out.prepare(provenance.planned(files), request.force());
      List<VisualizedSample> samples = draw(classifier, manager, layers, chosen, writer);
      out.write(provenance.complete(files, samples));
      return result(device, samples, files, (System.nanoTime() - start) / 1e9);
    }
  }

  private List<VisualizedSample> draw(
      Classifier classifier,
      NDManager manager,
      List<Layer> layers,
      int[] chosen,
      SampleWriter writer) {
    Set<String> paths = layers.stream().map(Layer::path).collect(Collectors.toSet());
    List<VisualizedSample> samples = new ArrayList<>();
    List<FeatureMaps> captured = new ArrayList<>();
    ForwardListeners listeners =
        ForwardListeners.attach(
            classifier.block(),
            layer -> paths.contains(layer.path()),
            (layer, inputs, output) -> capture(layer, inputs, output, captured));
    try (listeners) {
      for (int index : chosen) {
        captured.clear();
        if (request.input()) {
          captured.add(FeatureMaps.of(source.images(), index));
        }
        int predicted = predict(classifier, manager, index);
        samples.add(sample(index, predicted, writer.write(source.title(index), captured)));
        progress.step("pictures", samples.size(), chosen.length, "");
      }
    }
    return samples;
  }

  private void capture(Layer layer, NDList inputs, NDList output, List<FeatureMaps> captured) {
    for (Capture side : request.captures()) {
      captured.add(
          FeatureMaps.of(FeatureMaps.name(layer, side), side == Capture.INPUT ? inputs : output));
    }
  }

  private int predict(Classifier classifier, NDManager manager, int index) {
    try (NDManager sample = manager.newSubManager()) {
      float[] logits =
          classifier.logits(batches.images(sample, new int[] {index}, 0, 1), false).toFloatArray();
      return Logits.predicted(logits, 0, logits.length);
    }
  }

  private VisualizedSample sample(
      int index, int predicted, List<VisualizedSample.Picture> pictures) {
    String file = source.file(index);
    if (file != null) {
      progress.result("%s: predicted %d".formatted(file, predicted));
    }
    return new VisualizedSample(
        index + 1, file == null ? null : file.toString(), source.label(index), predicted, pictures);
  }

  private VisualizeResult result(
      Device device, List<VisualizedSample> samples, List<String> files, double seconds) {
    progress.result(
        "%,d %s of %,d images of %s in %s, %s; look at %s"
            .formatted(
                files.size(),
                request.formats().equals(Set.of(MapsFormat.PNG)) ? "pictures" : "files",
                samples.size(),
                source.name(),
                request.out(),
                Text.seconds(seconds),
                request.out().resolve(files.get(0))));
    return new VisualizeResult(
        checkpoint.file().toString(),
        source.opened() == null ? null : source.name(),
        source.fallbackReason(),
        Torch.name(device),
        request.compute().threads(),
        samples.size(),
        files.size(),
        request.out().toString(),
        out.manifest().toString(),
        seconds);
  }
}
