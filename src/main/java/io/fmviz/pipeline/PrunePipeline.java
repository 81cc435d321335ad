package io.fmviz.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.fmviz.analysis.ChannelStatistics;
import io.fmviz.analysis.Pruning;
import io.fmviz.base.Sha256;
import io.fmviz.base.UserException;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import io.fmviz.forward.Layer;
import io.fmviz.model.Classifier;
import io.fmviz.model.ClassifierWidths;
import io.fmviz.model.LayerTable;
import io.fmviz.runtime.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes dead channels out of a network, and proves that it predicts the same without them. */
public final class PrunePipeline {
  private final PruneRequest request;
  private final Checkpoint checkpoint;
  private final OpenedDataset opened;
  private final LabeledImages test;
  private final Progress progress;
  private final long start = System.nanoTime();

  private PrunePipeline(
      PruneRequest request, Checkpoint checkpoint, OpenedDataset opened, Progress progress) {
    this.request = request;
    this.checkpoint = checkpoint;
    this.opened = opened;
    this.test = opened.dataset().load(Split.TEST);
    this.progress = progress;
  }

  public static PruneResult run(PruneRequest request, Progress progress) {
    Checkpoint checkpoint = request.checkpoint().read();
    checkTarget(request, checkpoint);
    OpenedDataset opened = request.data().open(progress);
    CheckpointRequest.checkFits(checkpoint, opened, progress);
    return new PrunePipeline(request, checkpoint, opened, progress).prune();
  }

  private static void checkTarget(PruneRequest request, Checkpoint checkpoint) {
    Path to = request.to();
    try {
      if (Files.exists(to) && Files.isSameFile(to, checkpoint.file())) {
        throw new UserException(
            to + " is the checkpoint that is to be pruned: give another file with --to");
      }
    } catch (IOException e) {
      throw UserException.cannotRead(to, e);
    }
    TargetFile.check(to, request.force());
  }

  private PruneResult prune() {
    LabeledImages on = request.on() == Split.TEST ? test : opened.dataset().load(request.on());
    Device device = Torch.start(request.compute());
    try (NDManager manager = NDManager.newBaseManager(device);
        Classifier before = new Classifier(manager, checkpoint.widths(), checkpoint);
        OutputFolder out = new OutputFolder(request.out())) {
      Set<String> chosen = names(MapLayers.convolutions(before.block(), request.layers()));
      Provenance provenance =
          new Provenance("prune", checkpoint, opened, request.on(), request.options());
      out.prepare(provenance.planned(List.of()), request.force());
      Map<String, ChannelStatistics> statistics =
          ChannelPass.run(
              before, manager, on, MapLayers.convolutions(before.block(), null), progress);
      PrunedLayers layers = PrunedLayers.of(statistics, chosen, request.below());
      Pruning pruning = Pruning.of(checkpoint.widths(), before.weights(), layers.kept());
      Proof proof = prove(before, pruning, manager);
      PruneResult result = result(device, on.count(), layers.layers(), pruning, proof, out);
      out.write(provenance.complete(List.of(), result));
      PruneReport.print(result, request.layers() == null, progress);
      return result;
    }
  }

  private static Set<String> names(List<Layer> layers) {
    return layers.stream().map(Layer::name).collect(Collectors.toSet());
  }

  /** How both networks answer to all test images, and how long they take. */
  private record Proof(LogitComparison comparison, List<PruneResult.Timing> timings) {}

  private Proof prove(Classifier before, Pruning pruning, NDManager manager) {
    try (Classifier after =
        new Classifier(manager, pruning.widths(), (name, shape) -> pruning.weights().get(name))) {
      LogitComparison comparison = LogitComparison.of(before, after, manager, test, progress);
      List<PruneResult.Timing> timings = new ArrayList<>();
      for (int batchSize : new int[] {1, 32}) {
        timings.add(Stopwatch.measure(before, after, manager, test, batchSize));
      }
      return new Proof(comparison, timings);
    }
  }

  private PruneResult result(
      Device device,
      int onImages,
      List<PruneResult.Layer> layers,
      Pruning pruning,
      Proof proof,
      OutputFolder out) {
    LogitComparison comparison = proof.comparison();
    LayerTable tableBefore = table(checkpoint.widths());
    LayerTable tableAfter = table(pruning.widths());
    String failure = failure(comparison);
    if (failure == null) {
      write(pruning, comparison);
    }
    return new PruneResult(
        checkpoint.file().toString(),
        opened.dataset().name(),
        opened.fallbackReason(),
        request.on().toString(),
        onImages,
        request.below(),
        Torch.name(device),
        request.compute().threads(),
        layers,
        comparison.images(),
        comparison.largestDifference(),
        comparison.predictionsChanged(),
        request.allowChanges(),
        comparison.correct(),
        comparison.accuracy(),
        new BeforeAfter<>(tableBefore.parameters(), tableAfter.parameters()),
        new BeforeAfter<>(tableBefore.flops(), tableAfter.flops()),
        new BeforeAfter<>(size(checkpoint.file()), failure == null ? size(request.to()) : null),
        proof.timings(),
        failure,
        failure == null ? request.to().toString() : null,
        request.out().toString(),
        out.manifest().toString(),
        (System.nanoTime() - start) / 1e9);
  }

  private LayerTable table(ClassifierWidths widths) {
    return LayerTable.of(widths, test.height(), test.width());
  }

  private String failure(LogitComparison comparison) {
    if (comparison.predictionsChanged() <= request.allowChanges()) {
      return null;
    }
    return "%s of %,d changed, and --allow-changes allows %d: no checkpoint was written"
        .formatted(
            Text.count(comparison.predictionsChanged(), "prediction"),
            comparison.images(),
            request.allowChanges());
  }

  /** What was measured anew takes the place of what the checkpoint said. */
  private void write(Pruning pruning, LogitComparison comparison) {
    Map<String, String> said = new LinkedHashMap<>();
    said.put("test_images", String.valueOf(comparison.images()));
    said.put("test_accuracy", String.valueOf(comparison.accuracy().after()));
    said.put("pruned_from_sha256", Sha256.of(checkpoint.file()));
    said.put("pruned_on", opened.dataset().name() + " " + request.on());
    said.put("pruned_below", String.valueOf(request.below()));
    checkpoint.derive(request.to(), pruning.widths(), pruning.weights(), said).write();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw UserException.cannotRead(file, e);
    }
  }
}
