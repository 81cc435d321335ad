package io.fmviz.pipeline.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.UserException;
import io.fmviz.checkpoint.ModelFolder;
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
import io.fmviz.training.Training;

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
    Device device = device();
    SavedClassifier from = plan.from();
    ClassifierWidths widths = request.widths();
    tellBeginning(learn.images(), test.images(), widths, device);
    if (request.keeping().resume()) {
      TrainLog.removeUnfinished(
          request.modelFolder(), plan.epochsDone(), request.training().seed());
    }
    if (from != null && !request.keeping().keepOptimizer()) {
      models.keepOptimizerFileOf(plan.epochsDone() - 1);
    }
    EpochRecorder recorder = train(device, widths, learn.images(), test.images());
    double total = (System.nanoTime() - start) / 1e9;
    if (!isDone()) {
      progress.result("total time " + Text.seconds(total));
    }
    return new TrainResult(
        request.training().seed(),
        RunFacts.ofTraining(
            learn.name(), learn.dataset().fallbackReason(), Torch.name(device), request.compute()),
        learn.images().count(),
        test.images().count(),
        widths.parameterCount(),
        new TrainResult.Before(
            from == null ? null : from.file().toString(), recorder.earlierTraining()),
        recorder.epochs(),
        total);
  }

  /** Whether a training that goes on has no epoch to go. */
  private boolean isDone() {
    return plan.from() != null && plan.epochsDone() >= request.training().epochs();
  }

  /** A recorded device that isn't here is no fault of what was typed. */
  private Device device() {
    try {
      return Torch.start(request.compute().device(), request.compute().threads());
    } catch (InvalidValueException e) {
      if (plan.from() == null || request.keeping().given().contains("device")) {
        throw e;
      }
      throw new UserException(e.getMessage(), e);
    }
  }

  private void tellBeginning(Images learn, Images test, ClassifierWidths widths, Device device) {
    if (isDone()) {
      progress.result(
          "nothing to do: %s has all %s"
              .formatted(plan.from().file(), Text.count(plan.epochsDone(), "epoch")));
      return;
    }
    progress.result(
        "training on %s (%s, tested with %,d), %s, seed %d, %s with %s"
            .formatted(
                opened.dataset().name(),
                Text.count(learn.count(), "image"),
                test.count(),
                Text.count(widths.parameterCount(), "parameter"),
                request.training().seed(),
                Torch.name(device),
                Text.count(request.compute().threads(), "thread")));
    tellWhereItGoesOn(Torch.name(device));
  }

  private EpochRecorder train(Device device, ClassifierWidths widths, Images learn, Images test) {
    SavedClassifier from = plan.from();
    WeightSource weights = from == null ? new TorchInitialization(request.training().seed()) : from;
    try (NDManager manager = NDManager.newBaseManager(device);
        Classifier classifier = new Classifier(manager, widths, weights)) {
      Training training = new Training(classifier, manager, request.training());
      if (from != null) {
        training.resume(plan.epochsDone(), plan.adam());
      }
      EpochRecorder recorder =
          new EpochRecorder(
              plan, opened, classifier, training, learn.count(), Torch.name(device), progress);
      training.run(learn, test, recorder);
      return recorder;
    }
  }

  private void tellWhereItGoesOn(String device) {
    if (plan.from() != null) {
      progress.result(
          "going on after %s, with %s to go"
              .formatted(
                  plan.from().file(),
                  Text.count(request.training().epochs() - plan.epochsDone(), "epoch")));
      String before = plan.from().metadata().get("device");
      if (before != null && !before.equals(device)) {
        progress.warn(
            "%s was trained on %s and goes on with %s: its numbers will differ in the last digits"
                .formatted(plan.from().file(), before, device));
      }
    } else if (request.keeping().resume()) {
      progress.note("%s holds no checkpoint yet: training begins".formatted(request.modelFolder()));
    }
  }
}
