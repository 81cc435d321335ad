package io.fmviz.pipeline.prune;

import io.fmviz.analysis.BeforeAfter;
import io.fmviz.analysis.ChannelAggregation;
import io.fmviz.analysis.ChannelStatistics;
import io.fmviz.analysis.LayerTable;
import io.fmviz.analysis.LogitComparison;
import io.fmviz.analysis.NonFinite;
import io.fmviz.base.FileSize;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.TargetFile;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Session;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.pipeline.Job;
import io.fmviz.pipeline.NonFiniteWarning;
import io.fmviz.pipeline.Opened;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.OutputWriter;
import io.fmviz.pipeline.Progress;
import io.fmviz.probe.MapNodes;
import io.fmviz.probe.Probe;
import io.fmviz.report.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes dead channels out of a network, and proves that it predicts the same without them. */
public final class PrunePipeline {
  private final PruneRequest request;
  private final SavedClassifier saved;
  private final Images test;
  private final Job job;

  private PrunePipeline(PruneRequest request, SavedClassifier saved, Images test, Job job) {
    this.request = request;
    this.saved = saved;
    this.test = test;
    this.job = job;
  }

  public static PruneResult run(PruneRequest request, Progress progress) {
    SavedClassifier saved = request.setup().network().classifier();
    checkTarget(request, saved.file());
    OpenedDataset dataset = request.setup().data().open(progress, request.on(), Split.TEST);
    Network network = new ClassifierNetwork(saved);
    checkNumbers(network);
    Opened opened =
        Opened.of(request.setup(), network, OpenedImages.of(dataset, request.on()), progress);
    Images test = request.on() == Split.TEST ? opened.images() : dataset.dataset().load(Split.TEST);
    try (Job job = Job.start(opened)) {
      return new PrunePipeline(request, saved, test, job).prune();
    }
  }

  private static void checkTarget(PruneRequest request, Path checkpoint) {
    Path to = request.to();
    try {
      if (Files.exists(to) && Files.isSameFile(to, checkpoint)) {
        throw new InvalidValueException(
            to + Settings.named(" is the checkpoint to be pruned: give another file with {to}"));
      }
    } catch (IOException e) {
      throw UserException.cannotRead(to, e);
    }
    target(request).check();
  }

  private static TargetFile target(PruneRequest request) {
    return new TargetFile(request.to(), request.setup().output().force());
  }

  /** What is not finite is the same as nothing, and proves nothing. */
  private static void checkNumbers(Network network) {
    if (network.notNumbers() > 0) {
      throw new UserException(
          "%s has values that are NaN or infinite: %s; nothing can be proved with them, and no checkpoint is written"
              .formatted(network.location(), NonFiniteWarning.weights(List.of(network))));
    }
  }

  private PruneResult prune() {
    List<Node> chosen = MapNodes.convolutions(job.network(), request.layers());
    try (OutputWriter out = new OutputWriter("prune", job, List.of(), request.options())) {
      List<Node> convolutions = MapNodes.convolutions(job.network(), null);
      Map<Node, ChannelStatistics> statistics =
          ChannelAggregation.run(job.session(), job.images(), convolutions, job.ticker("images"));
      PrunedLayers layers = PrunedLayers.of(statistics, chosen, request.below());
      Pruning pruning = Pruning.of(saved.widths(), saved.weights(), layers.kept());
      PruneResult result = result(layers.layers(), pruning);
      out.complete(List.of(), result);
      PruneReport.print(result, request.layers() == null, job.progress());
      return result;
    }
  }

  private PruneResult result(List<PruneResult.PrunedLayer> layers, Pruning pruning) {
    SavedClassifier pruned =
        saved.derive(request.to(), pruning.widths(), pruning.weights(), Map.of());
    Network network = new ClassifierNetwork(pruned);
    LogitComparison comparison;
    List<PruneResult.Timing> timings = new ArrayList<>();
    try (Session after = network.start(request.setup().compute())) {
      comparison = compare(job.session(), after);
      for (int batchSize : new int[] {1, 32}) {
        timings.add(Stopwatch.measure(job.session(), after, test, batchSize));
      }
    }
    String failure = failure(comparison);
    if (failure == null) {
      write(pruning, comparison);
    }
    return new PruneResult(
        job.facts(),
        new PruneResult.Looked(request.on().toString(), job.images().count(), request.below()),
        layers,
        proof(comparison),
        sizes(network, failure == null),
        timings,
        failure,
        failure == null ? request.to().toString() : null);
  }

  /** How both networks answer to all test images. */
  private LogitComparison compare(Session before, Session after) {
    float[] logitsBefore = logits(before, "images compared");
    float[] logitsAfter = logits(after, "images compared again");
    LogitComparison comparison = new LogitComparison(before.network().classes());
    for (int i = 0; i < test.count(); i++) {
      comparison.add(logitsBefore, logitsAfter, i, test.label(i));
    }
    return comparison;
  }

  private float[] logits(Session session, String task) {
    return new Probe(session, test, List.of()).logits(job.ticker(task));
  }

  private PruneResult.Proof proof(LogitComparison comparison) {
    return new PruneResult.Proof(
        comparison.images(),
        comparison.largestDifference(),
        NonFinite.orNull(comparison.notNumbers()),
        comparison.predictionsChanged(),
        request.allowChanges(),
        comparison.correct(),
        comparison.accuracy());
  }

  private PruneResult.Sizes sizes(Network pruned, boolean isWritten) {
    return new PruneResult.Sizes(
        new BeforeAfter<>(
            LayerTable.of(job.network()).parameters(), LayerTable.of(pruned).parameters()),
        new BeforeAfter<>(LayerTable.flops(job.network()), LayerTable.flops(pruned)),
        new BeforeAfter<>(FileSize.of(saved.file()), isWritten ? FileSize.of(request.to()) : null));
  }

  private String failure(LogitComparison comparison) {
    if (comparison.notNumbers() > 0) {
      return "the logits of %,d of %s are NaN or infinite, which proves nothing: no checkpoint was written"
          .formatted(comparison.notNumbers(), Text.count(comparison.images(), "image"));
    }
    if (comparison.predictionsChanged() <= request.allowChanges()) {
      return null;
    }
    return "%s of %,d changed, and only %d may change: no checkpoint was written"
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
    said.put("pruned_from_sha256", job.network().sha256());
    said.put("pruned_on", job.data().name() + " " + request.on());
    said.put("pruned_below", String.valueOf(request.below()));
    saved
        .derive(request.to(), pruning.widths(), pruning.weights(), said)
        .checkpoint()
        .write(target(request));
  }
}
