package io.fmviz.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.fmviz.base.UserException;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.dataset.Split;
import io.fmviz.forward.Layer;
import io.fmviz.image.PngWriter;
import io.fmviz.model.Classifier;
import io.fmviz.runtime.Torch;
import io.fmviz.training.Logits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Shows what a layer makes of many images, side by side: one sheet for each layer. */
public final class ComparePipeline {
  /** The highest sheet; the rows of a higher one would be looked at by nobody. */
  private static final int MAX_ROWS = 256;

  private final CompareRequest request;
  private final Checkpoint checkpoint;
  private final OpenedImages source;
  private final Progress progress;

  private ComparePipeline(
      CompareRequest request, Checkpoint checkpoint, OpenedImages source, Progress progress) {
    this.request = request;
    this.checkpoint = checkpoint;
    this.source = source;
    this.progress = progress;
  }

  public static CompareResult run(CompareRequest request, Progress progress) {
    Checkpoint checkpoint = request.checkpoint().read();
    OpenedImages source = OpenedImages.open(request.data(), request.images(), progress);
    CheckpointRequest.checkFits(checkpoint, source.opened(), progress);
    return new ComparePipeline(request, checkpoint, source, progress).compare();
  }

  private CompareResult compare() {
    Device device = Torch.start(request.compute());
    long start = System.nanoTime();
    try (NDManager manager = NDManager.newBaseManager(device);
        Classifier classifier = new Classifier(manager, checkpoint.widths(), checkpoint);
        OutputFolder out = new OutputFolder(request.out())) {
      List<Layer> layers = MapLayers.of(classifier.block(), request.layers(), "ReLU");
      int[] chosen = choose(classifier, manager);
      List<String> files = layers.stream().map(layer -> layer.name() + ".png").toList();
      Provenance provenance =
          new Provenance("compare", checkpoint, source.opened(), Split.TEST, request.options());
      out.prepare(provenance.planned(files), request.force());
      List<CompareResult.Sample> samples = new ArrayList<>();
      Map<String, Activations> shown = shown(classifier, manager, layers, chosen, samples);
      Map<String, List<Integer>> dead = dead(classifier, manager, layers, shown);
      List<CompareResult.Sheet> sheets = draw(out, chosen, samples, shown, dead);
      out.write(provenance.complete(files, new CompareResult.Details(samples, sheets)));
      progress.result(
          "%s over %s of %s in %s"
              .formatted(
                  Text.count(sheets.size(), "layer"),
                  Text.count(chosen.length, "image"),
                  source.name(),
                  request.out()));
      return result(device, samples, sheets, out, (System.nanoTime() - start) / 1e9);
    }
  }

  private CompareResult result(
      Device device,
      List<CompareResult.Sample> samples,
      List<CompareResult.Sheet> sheets,
      OutputFolder out,
      double seconds) {
    return new CompareResult(
        checkpoint.file().toString(),
        source.opened() == null ? null : source.name(),
        source.fallbackReason(),
        Torch.name(device),
        request.compute().threads(),
        samples,
        sheets,
        request.out().toString(),
        out.manifest().toString(),
        seconds);
  }

  private int[] choose(Classifier classifier, NDManager manager) {
    int[] chosen =
        new ImageSelection(request.images(), source, progress).choose(classifier, manager);
    if (chosen.length > MAX_ROWS) {
      throw new UserException(
          "a sheet of %,d rows would be too high: choose at most %d images"
              .formatted(chosen.length, MAX_ROWS));
    }
    return chosen;
  }

  private Map<String, Activations> shown(
      Classifier classifier,
      NDManager manager,
      List<Layer> layers,
      int[] chosen,
      List<CompareResult.Sample> samples) {
    Map<String, Activations> shown = new LinkedHashMap<>();
    layers.forEach(layer -> shown.put(layer.name(), new Activations(chosen.length)));
    new ActivationPass(classifier, manager, source.images(), layers)
        .run(
            chosen,
            new ActivationPass.Consumer() {
              @Override
              public void layer(Layer layer, int first, int[] shape, float[] values) {
                shown.get(layer.name()).put(first, shape, values);
              }

              @Override
              public void logits(int first, int count, float[] logits) {
                int classes = logits.length / count;
                for (int n = 0; n < count; n++) {
                  int predicted = Logits.predicted(logits, n * classes, classes);
                  samples.add(sample(chosen[first + n], predicted));
                }
              }
            },
            "shown images",
            progress);
    return shown;
  }

  private CompareResult.Sample sample(int index, int predicted) {
    return new CompareResult.Sample(index + 1, source.file(index), source.label(index), predicted);
  }

  /** The channels that no test image, or no file that is shown, raises above zero. */
  private Map<String, List<Integer>> dead(
      Classifier classifier,
      NDManager manager,
      List<Layer> layers,
      Map<String, Activations> shown) {
    Map<String, List<Integer>> dead = new LinkedHashMap<>();
    if (source.opened() == null) {
      shown.forEach((layer, activations) -> dead.put(layer, activations.neverAboveZero()));
    } else {
      ChannelPass.run(classifier, manager, source.images(), layers, progress)
          .forEach((layer, statistics) -> dead.put(layer, statistics.dead()));
    }
    return dead;
  }

  private List<CompareResult.Sheet> draw(
      OutputFolder out,
      int[] chosen,
      List<CompareResult.Sample> samples,
      Map<String, Activations> shown,
      Map<String, List<Integer>> dead) {
    List<String> titles =
        IntStream.range(0, chosen.length).mapToObj(i -> title(chosen[i], samples.get(i))).toList();
    LayerSheet sheet = new LayerSheet(source.images(), chosen, titles, request.pictures());
    List<CompareResult.Sheet> sheets = new ArrayList<>();
    try (PngWriter png = new PngWriter()) {
      shown.forEach(
          (layer, activations) -> {
            CompareResult.Sheet facts = facts(layer, activations.means(), dead.get(layer));
            Set<Integer> framed = new LinkedHashSet<>(facts.dead());
            out.write(
                facts.file(),
                sheet.draw(explanation(layer), activations, facts.columns(), framed),
                png);
            sheets.add(facts);
          });
    }
    return sheets;
  }

  private CompareResult.Sheet facts(String layer, double[] means, List<Integer> dead) {
    List<Integer> columns = columns(means);
    return new CompareResult.Sheet(
        layer + ".png",
        layer,
        columns,
        columns.stream().mapToDouble(c -> means[c]).toArray(),
        dead);
  }

  /** {@code 1-7}, and what the network takes it for if it is wrong. */
  private String title(int index, CompareResult.Sample sample) {
    boolean right = sample.label() != null && sample.label() == sample.predicted();
    return source.title(index) + (right ? "" : " as " + sample.predicted());
  }

  private String explanation(String layer) {
    return "%s: columns are channels, counted from 0%s%nframed red: never above zero, for any of %s"
        .formatted(
            layer,
            request.order() == ChannelOrder.ACTIVITY ? ", the most active first" : "",
            source.opened() == null
                ? "these images"
                : "%,d test images of %s".formatted(source.images().count(), source.name()));
  }

  private List<Integer> columns(double[] means) {
    return request.order() == ChannelOrder.ACTIVITY
        ? Activations.ranked(means)
        : IntStream.range(0, means.length).boxed().toList();
  }
}
