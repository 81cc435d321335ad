package io.fmviz.pipeline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.fmviz.base.Versions;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.checkpoint.CheckpointInfo;
import io.fmviz.checkpoint.ModelFolder;
import io.fmviz.checkpoint.OptimizerFile;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import io.fmviz.model.Classifier;
import io.fmviz.model.ClassifierWidths;
import io.fmviz.model.TorchInitialization;
import io.fmviz.runtime.Torch;
import io.fmviz.training.AdamState;
import io.fmviz.training.EpochResult;
import io.fmviz.training.Training;
import io.fmviz.training.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Trains a classifier, tests it after each epoch, and writes a checkpoint after each epoch. */
public final class TrainPipeline {
  private final TrainPlan plan;
  private final TrainRequest request;
  private final OpenedDataset opened;
  private final Progress progress;
  private final ModelFolder models;

  private TrainPipeline(TrainPlan plan, OpenedDataset opened, Progress progress) {
    this.plan = plan;
    this.request = plan.request();
    this.opened = opened;
    this.progress = progress;
    this.models = new ModelFolder(request.modelFolder());
  }

  public static TrainResult run(TrainRequest request, Progress progress) {
    try (TrainPlan plan = TrainPlan.of(request)) {
      return run(plan, plan.open(progress), progress);
    }
  }

  static TrainResult run(TrainPlan plan, OpenedDataset opened, Progress progress) {
    return new TrainPipeline(plan, opened, progress).train();
  }

  private TrainResult train() {
    long start = System.nanoTime();
    long seed = request.training().seed();
    LabeledImages trainImages = DataRequest.load(opened, Split.TRAIN, request.limitTrain());
    LabeledImages testImages = DataRequest.load(opened, Split.TEST, request.limitTest());
    Device device = Torch.start(request.compute());
    Checkpoint from = plan.from();
    ClassifierWidths widths =
        from == null ? ClassifierWidths.ofBase(request.baseChannels()) : from.widths();
    progress.result(
        "training on %s (%,d images, tested with %,d), %,d parameters, seed %d, %s with %s"
            .formatted(
                opened.dataset().name(),
                trainImages.count(),
                testImages.count(),
                widths.parameterCount(),
                seed,
                Torch.name(device),
                Text.count(request.compute().threads(), "thread")));
    noteEarlierRun();
    if (request.resume()) {
      TrainLog.removeUnfinished(request.modelFolder(), plan.epochsDone(), seed);
    }
    if (from != null && !request.keepOptimizer()) {
      models.keepOptimizerFileOf(plan.epochsDone() - 1);
    }
    List<TrainResult.Epoch> epochs = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager(device);
        Classifier classifier =
            new Classifier(manager, widths, from == null ? new TorchInitialization(seed) : from)) {
      Training training = new Training(classifier, manager, request.training());
      if (from != null) {
        training.resume(plan.epochsDone(), plan.adam());
      }
      training.run(
          trainImages, testImages, new Recorder(classifier, training, trainImages.count(), epochs));
    }
    double total = (System.nanoTime() - start) / 1e9;
    progress.result("total time " + Text.seconds(total));
    return new TrainResult(
        seed,
        Torch.name(device),
        request.compute().threads(),
        opened.dataset().name(),
        opened.fallbackReason(),
        trainImages.count(),
        testImages.count(),
        widths.parameterCount(),
        from == null ? null : from.file().toString(),
        epochs,
        total);
  }

  private void noteEarlierRun() {
    List<Path> earlier = models.list();
    if (plan.from() != null) {
      progress.result(
          "going on after %s, with %s to go"
              .formatted(
                  plan.from().file(),
                  Text.count(
                      Math.max(0, request.training().epochs() - plan.epochsDone()), "epoch")));
    } else if (request.resume()) {
      progress.note("%s holds no checkpoint yet: training begins".formatted(request.modelFolder()));
    } else if (!earlier.isEmpty()) {
      progress.note(
          "%s holds %d checkpoints of an earlier run; each is replaced when its epoch ends here"
              .formatted(request.modelFolder(), earlier.size()));
    }
  }

  /** Saves every epoch, and tells of it. */
  private final class Recorder implements TrainingListener {
    private final Classifier classifier;
    private final Training training;
    private final int trainCount;
    private final List<TrainResult.Epoch> epochs;

    Recorder(
        Classifier classifier, Training training, int trainCount, List<TrainResult.Epoch> epochs) {
      this.classifier = classifier;
      this.training = training;
      this.trainCount = trainCount;
      this.epochs = epochs;
    }

    @Override
    public void onBatch(int epoch, int batch, int batches, float loss) {
      progress.step(
          "epoch " + epoch, batch, batches, String.format(Locale.ROOT, "loss %.4f", loss));
    }

    @Override
    public void onEpoch(EpochResult r) {
      Path file = models.file(r.epoch());
      CheckpointInfo info =
          new CheckpointInfo(
              r.epoch(),
              opened.dataset().name(),
              opened.isFallback(),
              trainCount,
              r.test().total(),
              request.training().seed(),
              request.training().learningRate(),
              request.training().batchSize(),
              request.training().testBatchSize(),
              request.compute().threads(),
              r.meanLoss(),
              r.test().accuracy(),
              Versions.get().fmviz());
      TrainResult.Epoch epoch =
          new TrainResult.Epoch(
              r.epoch(),
              r.meanLoss(),
              r.seconds(),
              r.testSeconds(),
              r.test().correct(),
              r.test().total(),
              r.test().accuracy(),
              r.test().meanLoss(),
              file.toString());
      epochs.add(epoch);
      // The checkpoint comes last: where it is, all that a resumed training needs is there.
      Checkpoint checkpoint = Checkpoint.of(file, classifier.widths(), classifier.weights(), info);
      AdamState adam = training.optimizerState();
      new OptimizerFile(adam.step(), adam.mean(), adam.variance())
          .write(models.optimizerFile(r.epoch()), checkpoint);
      TrainLog.append(request, opened.dataset().name(), epoch);
      checkpoint.write();
      if (!request.keepOptimizer()) {
        models.keepOptimizerFileOf(r.epoch());
      }
      progress.result(
          "epoch %d: mean loss %.4f, %s, test accuracy %s -> %s"
              .formatted(
                  r.epoch(),
                  r.meanLoss(),
                  Text.seconds(r.seconds()),
                  Text.accuracy(r.test()),
                  file));
    }
  }
}
