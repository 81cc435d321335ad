package io.fmviz.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import io.fmviz.forward.ForwardListeners;
import io.fmviz.forward.Layer;
import io.fmviz.model.Classifier;
import io.fmviz.runtime.Compute;
import io.fmviz.runtime.Torch;
import io.fmviz.training.Batches;
import io.fmviz.training.Logits;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs images through a network and writes every layer's feature maps, image by image. */
public final class VisualizePipeline {
  /** Images that go through the network together: enough for it to be quick, few in memory. */
  private static final int BATCH = 8;

  /**
   * Where there are more images, the garbage is collected and freed memory given back before each
   * so many: 40 milliseconds, and memory stays as it was. Left to itself, G1 would let the heap
   * grow tenfold.
   */
  private static final int COLLECTED = 256;

  private final VisualizeRequest request;
  private final Checkpoint checkpoint;
  private final OpenedImages source;
  private final Progress progress;
  private final OutputFolder out;
  private final Batches batches;

  /** What the network takes the user's own pictures for, a line each. */
  private final List<String> answers = new ArrayList<>();

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
    Provenance provenance =
        new Provenance("visualize", checkpoint, source.opened(), Split.TEST, request.options());
    Device device = Torch.start(beside(request.compute()));
    long start = System.nanoTime();
    try (NDManager manager = NDManager.newBaseManager(device);
        Classifier classifier = new Classifier(manager, checkpoint.widths(), checkpoint)) {
      List<Layer> layers =
          request.layers() == null
              ? MapLayers.of(classifier.block())
              : MapLayers.of(classifier.block(), request.layers());
      int[] chosen =
          new ImageSelection(request.images(), source, progress).choose(classifier, manager);
      SampleWriter writer = new SampleWriter(request, out);
      List<String> files =
          writer.files(IntStream.of(chosen).mapToObj(source::title).toList(), layers);
      out.prepare(provenance.planned(files), request.force());
      draw(
          classifier,
          manager,
          layers,
          chosen,
          writer,
          samples -> out.write(provenance.complete(files, samples)));
      answers.forEach(progress::result);
      return result(device, chosen.length, files, (System.nanoTime() - start) / 1e9);
    }
  }

  /** The network beside the writers, which have three times its work. */
  private static Compute beside(Compute all) {
    return new Compute(all.device(), Math.max(1, all.threads() / 4));
  }

  /**
   * Draws, image by image, what is asked of it: the manifest asks as it is written, and nobody
   * keeps the facts of images that are done.
   */
  private void draw(
      Classifier classifier,
      NDManager manager,
      List<Layer> layers,
      int[] chosen,
      SampleWriter writer,
      Consumer<Iterator<VisualizedSample>> manifest) {
    Set<String> paths = layers.stream().map(Layer::path).collect(Collectors.toSet());
    CapturedBatch[] current = new CapturedBatch[1];
    ForwardListeners listeners =
        ForwardListeners.attach(
            classifier.block(),
            layer -> paths.contains(layer.path()),
            (layer, inputs, output) -> capture(layer, inputs, output, current[0]));
    try (listeners;
        SampleWriters writers = new SampleWriters(request.compute().threads())) {
      // One batch is written while the network makes the other.
      CapturedBatch[] two = {new CapturedBatch(BATCH), new CapturedBatch(BATCH)};
      manifest.accept(
          writers.inOrder(
              chosen.length,
              BATCH,
              from -> {
                if (chosen.length > COLLECTED && from % COLLECTED == 0) {
                  System.gc();
                  Torch.releaseMemory();
                }
                progress.step("pictures", Math.max(0, from - BATCH), chosen.length, "");
                CapturedBatch batch = two[from / BATCH % 2];
                current[0] = batch;
                int[] predicted = predict(classifier, manager, fullBatch(chosen, from), batch);
                for (int i = 0; i < Math.min(BATCH, chosen.length - from); i++) {
                  List<FeatureMaps> maps = batch.of(i);
                  int index = chosen[from + i];
                  int answer = predicted[i];
                  if (source.file(index) != null) {
                    answers.add("%s: predicted %d".formatted(source.file(index), answer));
                  }
                  writers.submit(
                      png -> sample(index, answer, writer.write(source.title(index), maps, png)));
                }
              }));
    }
    progress.step("pictures", chosen.length, chosen.length, "");
  }

  /** The last image fills up the last batch: an image's maps don't depend on how many there are. */
  private static int[] fullBatch(int[] chosen, int from) {
    int[] batch = new int[BATCH];
    for (int i = 0; i < BATCH; i++) {
      batch[i] = chosen[Math.min(from + i, chosen.length - 1)];
    }
    return batch;
  }

  private void capture(Layer layer, NDList inputs, NDList output, CapturedBatch batch) {
    for (Capture side : request.captures()) {
      NDList arrays = side == Capture.INPUT ? inputs : output;
      batch.add(FeatureMaps.name(layer, side), arrays.singletonOrThrow());
    }
  }

  private int[] predict(
      Classifier classifier, NDManager manager, int[] indices, CapturedBatch captured) {
    captured.clear();
    if (request.input()) {
      captured.addImages(source.images(), indices);
    }
    try (NDManager batch = manager.newSubManager()) {
      float[] logits =
          classifier.logits(batches.images(batch, indices, 0, indices.length)).toFloatArray();
      int classes = logits.length / indices.length;
      return IntStream.range(0, indices.length)
          .map(i -> Logits.predicted(logits, i * classes, classes))
          .toArray();
    }
  }

  private VisualizedSample sample(
      int index, int predicted, List<VisualizedSample.Picture> pictures) {
    return new VisualizedSample(
        index + 1, source.file(index), source.label(index), predicted, pictures);
  }

  private VisualizeResult result(Device device, int samples, List<String> files, double seconds) {
    progress.result(
        "%s of %s of %s in %s, %s; look at %s"
            .formatted(
                Text.count(
                    files.size(),
                    request.formats().equals(Set.of(MapsFormat.PNG)) ? "picture" : "file"),
                Text.count(samples, "image"),
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
        samples,
        files.size(),
        request.out().toString(),
        out.manifest().toString(),
        seconds);
  }
}
