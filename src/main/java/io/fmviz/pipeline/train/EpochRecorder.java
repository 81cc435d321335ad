package io.fmviz.pipeline.train;

import io.fmviz.analysis.Evaluation;
import io.fmviz.base.Numbers;
import io.fmviz.base.Versions;
import io.fmviz.checkpoint.CheckpointInfo;
import io.fmviz.checkpoint.EarlierTraining;
import io.fmviz.checkpoint.ModelFolder;
import io.fmviz.checkpoint.OptimizerFile;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.network.torch.Classifier;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.pipeline.Progress;
import io.fmviz.report.Text;
import io.fmviz.training.AdamState;
import io.fmviz.training.EpochResult;
import io.fmviz.training.Training;
import io.fmviz.training.TrainingConfig;
import io.fmviz.training.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Saves every epoch, and tells of it. */
final class EpochRecorder implements TrainingListener {
  private final TrainRequest request;
  private final ModelFolder models;
  private final OpenedDataset opened;
  private final Classifier classifier;
  private final Training training;
  private final int trainCount;
  private final String device;
  private final Progress progress;
  private final List<TrainResult.Epoch> epochs = new ArrayList<>();
  private boolean begins;
  private Path earlierTraining;

  EpochRecorder(
      TrainPlan plan,
      OpenedDataset opened,
      Classifier classifier,
      Training training,
      int trainCount,
      String device,
      Progress progress) {
    this.request = plan.request();
    this.models = new ModelFolder(request.modelFolder());
    this.opened = opened;
    this.classifier = classifier;
    this.training = training;
    this.trainCount = trainCount;
    this.device = device;
    this.progress = progress;
    this.begins = plan.from() == null;
  }

  List<TrainResult.Epoch> epochs() {
    return epochs;
  }

  /** Where what an earlier training left is now; null if nothing was moved. */
  String earlierTraining() {
    return earlierTraining == null ? null : earlierTraining.toString();
  }

  @Override
  public void onBatch(int epoch, int batch, int batches, float loss) {
    progress.step("epoch " + epoch, batch, batches, "loss " + Numbers.decimals(4, loss));
  }

  @Override
  public void onEpoch(EpochResult r) {
    TrainResult.Epoch epoch = facts(r);
    if (begins) {
      earlierTraining = new EarlierTraining(models).replaceBy(() -> save(r, epoch));
      begins = false;
    } else {
      save(r, epoch);
    }
    if (!request.keeping().keepOptimizer()) {
      models.keepOptimizerFileOf(r.epoch());
    }
    epochs.add(epoch);
    if (earlierTraining != null && r.epoch() == 0) {
      progress.result(
          "what an earlier training left in %s is now in %s"
              .formatted(request.modelFolder(), earlierTraining));
    }
    progress.result(
        "epoch %d: mean loss %s, %s, test accuracy %s -> %s"
            .formatted(
                r.epoch(),
                Numbers.decimals(4, r.meanLoss()),
                Text.seconds(r.seconds()),
                Text.accuracy(r.test().correct(), r.test().total()),
                epoch.checkpoint()));
  }

  private TrainResult.Epoch facts(EpochResult r) {
    Evaluation test = r.test();
    return new TrainResult.Epoch(
        r.epoch(),
        r.meanLoss(),
        r.seconds(),
        r.testSeconds(),
        new TrainResult.Test(test.correct(), test.total(), test.accuracy(), test.meanLoss()),
        models.file(r.epoch()).toString());
  }

  /** The checkpoint comes last: where it is, all that a resumed training needs is there. */
  private void save(EpochResult r, TrainResult.Epoch epoch) {
    SavedClassifier saved =
        SavedClassifier.of(
            models.file(r.epoch()), classifier.widths(), classifier.weights(), info(r));
    AdamState adam = training.optimizerState();
    new OptimizerFile(adam.step(), adam.mean(), adam.variance())
        .write(models.optimizerFile(r.epoch()), saved.checkpoint());
    TrainLog.append(request, opened.dataset().name(), epoch);
    saved.write();
  }

  private CheckpointInfo info(EpochResult r) {
    TrainingConfig config = request.training();
    return new CheckpointInfo(
        r.epoch(),
        new CheckpointInfo.LearnedFrom(
            opened.dataset().name(),
            opened.isFallback(),
            trainCount,
            Math.toIntExact(r.test().total())),
        new CheckpointInfo.Settings(
            config.seed(),
            config.learningRate(),
            config.batchSize(),
            config.testBatchSize(),
            request.compute().threads(),
            device),
        r.meanLoss(),
        r.test().accuracy(),
        Versions.get().fmviz());
  }
}
