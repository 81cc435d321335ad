package io.fmviz.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.fmviz.base.AtomicFile;
import io.fmviz.base.Sha256;
import io.fmviz.base.UserException;
import io.fmviz.base.Versions;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import io.fmviz.forward.ForwardListeners;
import io.fmviz.forward.Layer;
import io.fmviz.image.FeatureMapGrid;
import io.fmviz.image.GrayImage;
import io.fmviz.image.PngWriter;
import io.fmviz.model.Classifier;
import io.fmviz.report.Manifest;
import io.fmviz.runtime.Torch;
import io.fmviz.training.Batches;
import io.fmviz.training.Logits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs test images through a network one at a time and writes every layer's feature maps. */
public final class VisualizePipeline {
  /** The layers whose output is maps. */
  private static final Set<String> PLOTTED =
      Set.of("Conv2d", "ReLU", "MaxPool2d", "AdaptiveAvgPool2d");

  private final VisualizeRequest request;
  private final Checkpoint checkpoint;
  private final OpenedDataset opened;
  private final LabeledImages images;
  private final Progress progress;
  private final OutputFolder out;
  private final Batches batches;

  private VisualizePipeline(
      VisualizeRequest request, Checkpoint checkpoint, OpenedDataset opened, Progress progress) {
    this.request = request;
    this.checkpoint = checkpoint;
    this.opened = opened;
    this.progress = progress;
    this.images = opened.dataset().load(Split.TEST);
    this.out = new OutputFolder(request.out());
    this.batches = new Batches(images);
  }

  public static VisualizeResult run(VisualizeRequest request, Progress progress) {
    Checkpoint checkpoint = request.checkpoint().read();
    return run(request, checkpoint, request.data().open(progress), progress);
  }

  static VisualizeResult run(
      VisualizeRequest request, Checkpoint checkpoint, OpenedDataset opened, Progress progress) {
    CheckpointRequest.checkFits(checkpoint, opened, progress);
    VisualizePipeline pipeline = new VisualizePipeline(request, checkpoint, opened, progress);
    try {
      return pipeline.visualize();
    } finally {
      pipeline.out.close();
    }
  }

  private VisualizeResult visualize() {
    checkRange();
    Device device = Torch.start(request.compute());
    long start = System.nanoTime();
    List<Manifest.Sample> samples = new ArrayList<>();
    List<FeatureMaps> captured = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager(device);
        Classifier classifier = new Classifier(manager, checkpoint.widths(), checkpoint);
        PngWriter png = new PngWriter();
        ForwardListeners listeners =
            ForwardListeners.attach(
                classifier.block(),
                layer -> PLOTTED.contains(layer.type()),
                (layer, inputs, output) -> captured.add(FeatureMaps.of(layer, output)))) {
      prepareFolder(listeners.layers());
      for (int i = 0; i < request.samples(); i++) {
        int index = request.start() - 1 + i;
        captured.clear();
        int predicted = predict(classifier, manager, index);
        samples.add(write(index, predicted, captured, png));
        progress.step("pictures", i + 1L, request.samples(), "");
      }
    }
    out.write(manifest(true, samples));
    return result(device, samples, (System.nanoTime() - start) / 1e9);
  }

  private void checkRange() {
    long last = (long) request.start() + request.samples() - 1;
    if (last > images.count()) {
      throw new UserException(
          "--start %d --samples %d asks for image %d, but %s has %d test images"
              .formatted(
                  request.start(),
                  request.samples(),
                  last,
                  opened.dataset().name(),
                  images.count()));
    }
  }

  private void prepareFolder(List<Layer> layers) {
    List<Manifest.Sample> planned = new ArrayList<>();
    List<String> files = new ArrayList<>();
    for (int i = 0; i < request.samples(); i++) {
      int index = request.start() - 1 + i;
      List<Manifest.Picture> pictures = new ArrayList<>();
      for (Layer layer : layers) {
        String file = file(index, layer.name());
        files.add(file);
        pictures.add(new Manifest.Picture(file, layer.name(), null, null, null, null));
      }
      planned.add(new Manifest.Sample(index + 1, images.label(index), null, pictures));
    }
    out.prepare(manifest(false, planned), files, request.force());
  }

  /** {@code 1-7/Conv2d_1.png}: the image's number from 1 and its label, then the layer. */
  private String file(int index, String layer) {
    return (index + 1) + "-" + images.label(index) + "/" + layer + ".png";
  }

  private int predict(Classifier classifier, NDManager manager, int index) {
    try (NDManager sample = manager.newSubManager()) {
      float[] logits =
          classifier.logits(batches.images(sample, new int[] {index}, 0, 1), false).toFloatArray();
      return Logits.predicted(logits, 0, logits.length);
    }
  }

  private Manifest.Sample write(
      int index, int predicted, List<FeatureMaps> captured, PngWriter png) {
    List<Manifest.Picture> pictures = new ArrayList<>();
    for (FeatureMaps maps : captured) {
      GrayImage picture =
          FeatureMapGrid.draw(
              maps.values(), maps.channels(), maps.height(), maps.width(), request.grid());
      String file = file(index, maps.layer());
      AtomicFile.write(out.resolve(file), stream -> png.write(picture, stream));
      pictures.add(
          new Manifest.Picture(
              file, maps.layer(), maps.shape(), maps.minimum(), maps.maximum(), maps.mean()));
    }
    return new Manifest.Sample(index + 1, images.label(index), predicted, pictures);
  }

  private Manifest manifest(boolean complete, List<Manifest.Sample> samples) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("start", request.start());
    options.put("samples", request.samples());
    options.put("nrow", request.grid().nrow());
    options.put("padding", request.grid().padding());
    options.put("padValue", request.grid().padValue());
    return new Manifest(
        Versions.get().fmviz(),
        complete,
        new Manifest.CheckpointFacts(
            checkpoint.file().toString(), Sha256.of(checkpoint.file()), checkpoint.metadata()),
        new Manifest.DatasetFacts(opened.dataset().name(), "test", opened.fallbackReason()),
        options,
        samples);
  }

  private VisualizeResult result(Device device, List<Manifest.Sample> samples, double seconds) {
    int pictures = samples.stream().mapToInt(s -> s.pictures().size()).sum();
    String first = samples.get(0).pictures().get(0).file();
    progress.result(
        "%,d pictures of %,d images of %s in %s, %s; look at %s"
            .formatted(
                pictures,
                samples.size(),
                opened.dataset().name(),
                request.out(),
                Text.seconds(seconds),
                request.out().resolve(first)));
    return new VisualizeResult(
        checkpoint.file().toString(),
        opened.dataset().name(),
        opened.fallbackReason(),
        Torch.name(device),
        request.compute().threads(),
        samples.size(),
        pictures,
        request.out().toString(),
        out.manifest().toString(),
        seconds);
  }
}
