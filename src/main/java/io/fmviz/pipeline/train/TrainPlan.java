package io.fmviz.pipeline.train;

import io.fmviz.base.FolderLock;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.checkpoint.EarlierTraining;
import io.fmviz.checkpoint.ModelFolder;
import io.fmviz.checkpoint.OneTraining;
import io.fmviz.checkpoint.OptimizerFile;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import io.fmviz.dataset.mnist.DatasetChoice;
import io.fmviz.network.Compute;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.Progress;
import io.fmviz.training.AdamState;
import io.fmviz.training.TrainingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A training that is about to begin: what was asked for, completed from the checkpoint that it goes
 * on from, if it does. It holds the model folder's lock.
 */
public final class TrainPlan implements AutoCloseable {
  private final FolderLock lock;
  private TrainRequest request;
  private SavedClassifier from;
  private OptimizerFile optimizer;
  private int epochsDone;
  private boolean fallback;

  private TrainPlan(FolderLock lock, TrainRequest request) {
    this.lock = lock;
    this.request = request;
  }

  public static TrainPlan of(TrainRequest request) {
    TrainPlan plan = new TrainPlan(FolderLock.of(request.modelFolder()), request);
    try {
      new EarlierTraining(new ModelFolder(request.modelFolder())).recover();
      if (request.keeping().resume()) {
        plan.resume();
      }
      return plan;
    } catch (RuntimeException e) {
      plan.close();
      throw e;
    }
  }

  TrainRequest request() {
    return request;
  }

  /** The checkpoint to go on from; null to begin at the beginning. */
  SavedClassifier from() {
    return from;
  }

  /** The network that will be trained: to be looked at, not to be run. */
  public ClassifierNetwork network() {
    return from == null
        ? ClassifierNetwork.untrained(request.widths())
        : new ClassifierNetwork(from);
  }

  /** How many epochs that checkpoint has seen. */
  int epochsDone() {
    return epochsDone;
  }

  AdamState adam() {
    return new AdamState(optimizer.step(), optimizer.mean(), optimizer.variance());
  }

  public OpenedDataset open(Progress progress) {
    OpenedDataset opened = request.images().data().open(progress, Split.values());
    return fallback ? new OpenedDataset(opened.dataset(), "as recorded in " + from.file()) : opened;
  }

  private void resume() {
    ModelFolder models = new ModelFolder(request.modelFolder());
    if (models.list().isEmpty()) {
      return;
    }
    from = SavedClassifier.read(models.find(null));
    epochsDone = 1 + setting("epoch", null, Integer::valueOf, null);
    // Folders of earlier versions may hold two trainings: this one would replace the other's.
    OneTraining.check(
        models.list().stream()
            .filter(file -> ModelFolder.epoch(file) >= epochsDone)
            .map(Checkpoint::readMetadata)
            .toList(),
        from.checkpoint());
    Path file = models.optimizerFile(epochsDone - 1);
    if (!Files.exists(file)) {
      throw new UserException(
          Settings.named(
                  "training can't go on from %s: %s is missing; train from scratch without {resume}")
              .formatted(from.file(), file));
    }
    optimizer = OptimizerFile.read(file, from.checkpoint());
    fallback = setting("dataset_fallback", null, Boolean::valueOf, null);
    request = completed();
  }

  private TrainRequest completed() {
    check("baseChannels", from.widths().base(), request.widths().base());
    try {
      return new TrainRequest(
          training(request.training()),
          images(request.images()),
          from.widths(),
          new Compute(
              device(),
              setting("threads", "threads", Integer::valueOf, request.compute().threads())),
          request.modelFolder(),
          request.keeping());
    } catch (IllegalArgumentException e) {
      throw new UserException(from.file() + " records impossible values: " + e.getMessage(), e);
    }
  }

  /**
   * That of the checkpoint, unless one was asked for: whoever has no such device any more can go on
   * with another.
   */
  private String device() {
    String recorded = from.metadata().get("device");
    return recorded == null || request.keeping().given().contains("device")
        ? request.compute().device()
        : recorded;
  }

  private TrainingConfig training(TrainingConfig asked) {
    return new TrainingConfig(
        asked.epochs(),
        setting("learning_rate", "learningRate", Float::valueOf, asked.learningRate()),
        setting("batch_size", "batchSize", Integer::valueOf, asked.batchSize()),
        setting("test_batch_size", "testBatchSize", Integer::valueOf, asked.testBatchSize()),
        setting("seed", "seed", Long::valueOf, asked.seed()));
  }

  private TrainRequest.Learning images(TrainRequest.Learning asked) {
    DatasetChoice dataset =
        asked.data().choice() == DatasetChoice.AUTO
            ? setting("dataset", null, DatasetChoice::named, null)
            : setting("dataset", "dataset", DatasetChoice::named, asked.data().choice());
    return new TrainRequest.Learning(
        new DataRequest(dataset, asked.data().folder(), asked.data().pictures()),
        setting("train_images", "limitTrain", Integer::valueOf, asked.limitTrain()),
        setting("test_images", "limitTest", Integer::valueOf, asked.limitTest()));
  }

  /** What the checkpoint records; a value that was given and says otherwise is an error. */
  private <T> T setting(String key, String value, Function<String, T> parse, T asked) {
    String text = from.metadata().get(key);
    try {
      if (text != null) {
        T recorded = parse.apply(text);
        check(value, recorded, asked);
        return recorded;
      }
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "%s records the %s \"%s\", which is impossible".formatted(from.file(), key, text), e);
    }
    throw new UserException(
        Settings.named(
                "training can't go on from %s: it does not record its %s; train from scratch without {resume}")
            .formatted(from.file(), key));
  }

  private <T> void check(String value, T recorded, T asked) {
    if (value != null && request.keeping().given().contains(value) && !recorded.equals(asked)) {
      throw new UserException(
          Settings.named(
                  "{"
                      + value
                      + "} %s contradicts %s, which was trained with %s: leave {"
                      + value
                      + "} out to go on")
              .formatted(asked, from.file(), recorded));
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
