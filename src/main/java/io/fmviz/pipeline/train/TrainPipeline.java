package io.fmviz.pipeline.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.fmviz.analysis.Evaluation;
import io.fmviz.base.Versions;
import io.fmviz.checkpoint.CheckpointInfo;
import io.fmviz.checkpoint.ModelFolder;
import io.fmviz.checkpoint.OptimizerFile;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import io.fmviz.network.torch.Classifier;
import io.fmviz.network.torch.ClassifierWidths;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.network.torch.TorchInitialization;
import io.fmviz.network.torch.WeightSource;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.Progress;
import io.fmviz.pipeline.RunFacts;
import io.fmviz.report.Text;
import io.fmviz.runtime.Torch;
import io.fmviz.training.AdamState;
import io.fmviz.training.EpochResult;
import io.fmviz.training.Training;
import io.fmviz.training.TrainingConfig;
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

  public static TrainResult run(TrainPlan plan, OpenedDataset opened, Progress progress) {
    return new TrainPipeline(plan, opened, progress).train();
  }

  private TrainResult train() {
    long start = System.nanoTime();
    TrainRequest.Learning asked = request.images();
    OpenedImages learn = OpenedImages.of(opened, Split.TRAIN).first(asked.limitTrain());
    OpenedImages test = OpenedImages.of(opened, Split.TEST).first(asked.limitTest());
    Device device = Torch.start(request.compute().device(), request.compute().threads());
    SavedClassifier from = plan.from();
    ClassifierWidths widths =
        from == null ? ClassifierWidths.ofBase(request.baseChannels()) : from.widths();
    tellBeginning(learn.images(), test.images(), widths, device);
    if (request.keeping().resume()) {
      TrainLog.removeUnfinished(
          request.modelFolder(), plan.epochsDone(), request.training().seed());
    }
    if (from != null && !request.keeping().keepOptimizer()) {
      models.keepOptimizerFileOf(plan.epochsDone() - 1);
    }
    List<TrainResult.Epoch> epochs = train(device, widths, learn.images(), test.images());
    double total = (System.nanoTime() - start) / 1e9;
    progress.result("total time " + Text.seconds(total));
    return new TrainResult(
        request.training().seed(),
        RunFacts.ofTraining(
            learn.dataset(), learn.fallbackReason(), Torch.name(device), request.compute()),
        learn.images().count(),
        test.images().count(),
        widths.parameterCount(),
        from == null ? null : from.file().toString(),
        epochs,
        total);
  }

  private void tellBeginning(Images learn, Images test, ClassifierWidths widths, Device device) {
    progress.result(
        "training on %s (%,d images, tested with %,d), %,d parameters, seed %d, %s with %s"
            .formatted(
                opened.dataset().name(),
                learn.count(),
                test.count(),
                widths.parameterCount(),
                request.training().seed(),
                Torch.name(device),
                Text.count(request.compute().threads(), "thread")));
    noteEarlierRun();
  }

  private List<TrainResult.Epoch> train(
      Device device, ClassifierWidths widths, Images learn, Images test) {
    List<TrainResult.Epoch> epochs = new ArrayList<>();
    SavedClassifier from = plan.from();
    WeightSource weights = from == null ? new TorchInitialization(request.training().seed()) : from;
    try (NDManager manager = NDManager.newBaseManager(device);
        Classifier classifier = new Classifier(manager, widths, weights)) {
      Training training = new Training(classifier, manager, request.training());
      if (from != null) {
        training.resume(plan.epochsDone(), plan.adam());
      }
      training.run(learn, test, new Recorder(classifier, training, learn.count(), epochs));
    }
    return epochs;
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
    } else if (request.keeping().resume()) {
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
      Evaluation test = r.test();
      TrainingConfig config = request.training();
      CheckpointInfo info =
          new CheckpointInfo(
              r.epoch(),
              new CheckpointInfo.LearnedFrom(
                  opened.dataset().name(),
                  opened.isFallback(),
                  trainCount,
                  Math.toIntExact(test.total())),
              new CheckpointInfo.Settings(
                  config.seed(),
                  config.learningRate(),
                  config.batchSize(),
                  config.testBatchSize(),
                  request.compute().threads()),
              r.meanLoss(),
              test.accuracy(),
              Versions.get().fmviz());
      TrainResult.Epoch epoch =
          new TrainResult.Epoch(
              r.epoch(),
              r.meanLoss(),
              r.seconds(),
              r.testSeconds(),
              new TrainResult.Test(test.correct(), test.total(), test.accuracy(), test.meanLoss()),
              file.toString());
      epochs.add(epoch);
      // The checkpoint comes last: where it is, all that a resumed training needs is there.
      SavedClassifier saved =
          SavedClassifier.of(file, classifier.widths(), classifier.weights(), info);
      AdamState adam = training.optimizerState();
      new OptimizerFile(adam.step(), adam.mean(), adam.variance())
          .write(models.optimizerFile(r.epoch()), saved.checkpoint());
      TrainLog.append(request, opened.dataset().name(), epoch);
      saved.write();
      if (!request.keeping().keepOptimizer()) {
        models.keepOptimizerFileOf(r.epoch());
      }
      progress.result(
          "epoch %d: mean loss %.4f, %s, test accuracy %s -> %s"
              .formatted(
                  r.epoch(),
                  r.meanLoss(),
                  Text.seconds(r.seconds()),
                  Text.accuracy(test.correct(), test.total()),
                  file));
    }
  }
}
