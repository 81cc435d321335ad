package io.fmviz.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import io.fmviz.forward.Layer;
import io.fmviz.image.PngWriter;
import io.fmviz.image.RgbImage;
import io.fmviz.model.Classifier;
import io.fmviz.runtime.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sets one map after the other to zero, and looks at what that changes. */
public final class AblatePipeline {
  private final AblateRequest request;
  private final LabeledImages images;
  private final String dataset;
  private final Progress progress;

  private AblatePipeline(
      AblateRequest request, LabeledImages images, String dataset, Progress progress) {
    this.request = request;
    this.images = images;
    this.dataset = dataset;
    this.progress = progress;
  }

  public static AblateResult run(AblateRequest request, Progress progress) {
    Checkpoint checkpoint = request.checkpoint().read();
    OpenedDataset opened = request.data().open(progress);
    CheckpointRequest.checkFits(checkpoint, opened, progress);
    LabeledImages images = opened.dataset().load(Split.TEST);
    AblatePipeline pipeline =
        new AblatePipeline(request, images, opened.dataset().name(), progress);
    pipeline.checkExists("--index", request.index());
    pipeline.checkExists("--samples", request.samples());
    return pipeline.ablate(checkpoint, opened);
  }

  private void checkExists(String option, Integer number) {
    if (number != null) {
      int count = images.count();
      DataRequest.checkExists(option + " " + number, number, dataset, count, count);
    }
  }

  private AblateResult ablate(Checkpoint checkpoint, OpenedDataset opened) {
    Device device = Torch.start(request.compute());
    long start = System.nanoTime();
    try (NDManager manager = NDManager.newBaseManager(device);
        Classifier classifier = new Classifier(manager, checkpoint.widths(), checkpoint);
        OutputFolder out = new OutputFolder(request.out())) {
      // Zero before a ReLU is zero after it: the convolutions would tell the same.
      List<Layer> layers = MapLayers.of(classifier.block(), request.layers(), "ReLU");
      List<String> files = files(layers);
      Provenance provenance =
          new Provenance("ablate", checkpoint, opened, Split.TEST, request.options());
      out.prepare(provenance.planned(files), request.force());
      MapWorth worth = new MapWorth(classifier, manager, images, layers);
      AblateResult.Details details =
          new AblateResult.Details(
              request.index() == null ? null : image(worth, out),
              request.samples() == null ? null : samples(worth, out));
      out.write(provenance.complete(files, details));
      progress.result("pictures: " + request.out());
      return new AblateResult(
          checkpoint.file().toString(),
          dataset,
          opened.fallbackReason(),
          Torch.name(device),
          request.compute().threads(),
          details.image(),
          details.samples(),
          request.out().toString(),
          out.manifest().toString(),
          (System.nanoTime() - start) / 1e9);
    }
  }

  private List<String> files(List<Layer> layers) {
    List<String> files = new ArrayList<>();
    for (Layer layer : layers) {
      if (request.index() != null) {
        files.add(imageFile(layer.name()));
      }
      if (request.samples() != null) {
        files.add(samplesFile(layer.name()));
      }
    }
    return files;
  }

  /** {@code 1-7/ReLU_2.png}: the image's number from 1 and its label, then the layer. */
  private String imageFile(String layer) {
    int index = request.index();
    return index + "-" + images.label(index - 1) + "/" + layer + ".png";
  }

  private static String samplesFile(String layer) {
    return "accuracy-" + layer + ".png";
  }

  private AblateResult.Image image(MapWorth worth, OutputFolder out) {
    Map<String, FeatureMaps> maps = new LinkedHashMap<>();
    AblateResult.Image image =
        worth.ofImage(request.index() - 1, captured -> maps.put(captured.name(), captured));
    try (PngWriter png = new PngWriter()) {
      for (AblateResult.ImageLayer layer : image.layers()) {
        RgbImage picture = AblationPictures.maps(maps.get(layer.layer()), layer, image, dataset);
        out.write(imageFile(layer.layer()), picture, png);
      }
    }
    AblationReport.print(image, dataset, progress);
    return image;
  }

  private AblateResult.Samples samples(MapWorth worth, OutputFolder out) {
    AblateResult.Samples samples = worth.ofSamples(request.samples(), progress);
    try (PngWriter png = new PngWriter()) {
      for (AblateResult.SamplesLayer layer : samples.layers()) {
        RgbImage picture = AblationPictures.bars(layer, samples, dataset);
        out.write(samplesFile(layer.layer()), picture, png);
      }
    }
    AblationReport.print(samples, dataset, progress);
    return samples;
  }
}
