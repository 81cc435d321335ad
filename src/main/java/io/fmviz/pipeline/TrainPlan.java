package io.fmviz.pipeline;

import io.fmviz.base.FolderLock;
import io.fmviz.base.UserException;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.checkpoint.ModelFolder;
import io.fmviz.checkpoint.OptimizerFile;
import io.fmviz.dataset.DatasetChoice;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.runtime.Compute;
import io.fmviz.training.AdamState;
import io.fmviz.training.TrainingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A training that is about to begin: what was asked for, completed from the checkpoint that it goes
 * on from, if it does. It holds the model folder's lock.
 */
final class TrainPlan implements AutoCloseable {
  private final FolderLock lock;
  private TrainRequest request;
  private Checkpoint from;
  private OptimizerFile optimizer;
  private int epochsDone;
  private boolean fallback;

  private TrainPlan(FolderLock lock, TrainRequest request) {
    this.lock = lock;
    this.request = request;
  }

  static TrainPlan of(TrainRequest request) {
    TrainPlan plan = new TrainPlan(FolderLock.of(request.modelFolder()), request);
    try {
      if (request.resume()) {
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
  Checkpoint from() {
    return from;
  }

  /** How many epochs that checkpoint has seen. */
  int epochsDone() {
    return epochsDone;
  }

  AdamState adam() {
    return new AdamState(optimizer.step(), optimizer.mean(), optimizer.variance());
  }

  OpenedDataset open(Progress progress) {
    OpenedDataset opened = request.data().open(progress);
    return fallback ? new OpenedDataset(opened.dataset(), "as recorded in " + from.file()) : opened;
  }

  private void resume() {
    ModelFolder models = new ModelFolder(request.modelFolder());
    if (models.list().isEmpty()) {
      return;
    }
    from = Checkpoint.read(models.find(null));
    epochsDone = 1 + setting("epoch", null, Integer::valueOf, null);
    Path file = models.optimizerFile(epochsDone - 1);
    if (!Files.exists(file)) {
      throw new UserException(
          "training can't go on from %s: %s is missing; train afresh without --resume"
              .formatted(from.file(), file));
    }
    optimizer = OptimizerFile.read(file, from);
    fallback = setting("dataset_fallback", null, Boolean::valueOf, null);
    request = completed();
  }

  private TrainRequest completed() {
    TrainingConfig asked = request.training();
    DatasetChoice dataset =
        request.data().choice() == DatasetChoice.AUTO
            ? setting("dataset", null, DatasetChoice::named, null)
            : setting("dataset", "--dataset", DatasetChoice::named, request.data().choice());
    int threads = setting("threads", "--threads", Integer::valueOf, request.compute().threads());
    int base = from.widths().conv1();
    check("--base-channels", base, request.baseChannels());
    try {
      return new TrainRequest(
          new TrainingConfig(
              asked.epochs(),
              setting("learning_rate", "--lr", Float::valueOf, asked.learningRate()),
              setting("batch_size", "--batch-size", Integer::valueOf, asked.batchSize()),
              setting(
                  "test_batch_size", "--test-batch-size", Integer::valueOf, asked.testBatchSize()),
              setting("seed", "--seed", Long::valueOf, asked.seed())),
          base,
          new DataRequest(dataset, request.data().folder()),
          new Compute(request.compute().device(), threads),
          request.modelFolder(),
          setting("train_images", "--limit-train", Integer::valueOf, request.limitTrain()),
          setting("test_images", "--limit-test", Integer::valueOf, request.limitTest()),
          true,
          request.keepOptimizer(),
          request.given());
    } catch (IllegalArgumentException e) {
      throw new UserException(from.file() + " records what can't be: " + e.getMessage(), e);
    }
  }

  /** What the checkpoint records; an option that was given and says otherwise is an error. */
  private <T> T setting(String key, String option, Function<String, T> parse, T asked) {
    String text = from.metadata().get(key);
    try {
      if (text != null) {
        T recorded = parse.apply(text);
        check(option, recorded, asked);
        return recorded;
      }
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "%s records the %s \"%s\", which can't be".formatted(from.file(), key, text), e);
    }
    throw new UserException(
        "training can't go on from %s: it does not record its %s; train afresh without --resume"
            .formatted(from.file(), key));
  }

  private <T> void check(String option, T recorded, T asked) {
    if (option != null && request.given().contains(option) && !recorded.equals(asked)) {
      throw new UserException(
          "%s %s contradicts %s, which was trained with %s: leave %s out to go on"
              .formatted(option, asked, from.file(), recorded, option));
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
