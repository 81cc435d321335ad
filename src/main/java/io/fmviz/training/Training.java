package io.fmviz.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import io.fmviz.analysis.Evaluation;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.network.Batch;
import io.fmviz.network.Session;
import io.fmviz.network.torch.BatchArrays;
import io.fmviz.network.torch.Classifier;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.probe.Probe;
import io.fmviz.runtime.Torch;

/**
 * Trains a classifier with cross-entropy and Adam, in batches that are drawn afresh each epoch.
 *
 * <p>A plain loop over one device. DJL's {@code EasyTrain} would also do; but its listeners and
 * metrics cost native calls per batch, and the loss is wanted batch by batch.
 */
public final class Training {
  private final Classifier classifier;
  private final NDManager manager;
  private final TrainingConfig config;
  private final Adam optimizer;
  private int epochsDone;
  private final Loss crossEntropy = Loss.softmaxCrossEntropyLoss();

  /** Prepares to train a classifier, on the device of the manager. */
  public Training(Classifier classifier, NDManager manager, TrainingConfig config) {
    this.classifier = classifier;
    this.manager = manager;
    this.config = config;
    this.optimizer = new Adam(manager, classifier.parameters(), config.learningRate());
  }

  /**
   * Goes on where an earlier training was after some epochs: the same steps follow.
   *
   * @param epochs how many it had made; the classifier has its weights
   * @param state of its optimizer, {@link #optimizerState()}
   */
  public void resume(int epochs, AdamState state) {
    epochsDone = epochs;
    optimizer.restore(state);
  }

  /** A copy of what {@link #resume} needs beside the weights. */
  public AdamState optimizerState() {
    return optimizer.state();
  }

  /**
   * Trains and tests, epoch after epoch.
   *
   * @throws UserException if the loss is no longer a number, before the epoch is reported
   */
  public void run(Images train, Images test, TrainingListener listener) {
    for (int epoch = epochsDone; epoch < config.epochs(); epoch++) {
      long start = System.nanoTime();
      double meanLoss = trainEpoch(epoch, train, listener);
      long trained = System.nanoTime();
      // The test pass runs on threads of its own, which have memory of their own.
      Torch.releaseMemory();
      Evaluation evaluation = test(test);
      Torch.releaseMemory();
      long tested = System.nanoTime();
      if (!Double.isFinite(evaluation.meanLoss())) {
        throw diverged(evaluation.meanLoss(), "the test after epoch " + epoch);
      }
      listener.onEpoch(
          new EpochResult(
              epoch, meanLoss, (trained - start) / 1e9, (tested - trained) / 1e9, evaluation));
    }
  }

  private Evaluation test(Images images) {
    try (Session session = ClassifierNetwork.session(classifier, manager)) {
      Probe probe = Probe.ofSize(session, images, config.testBatchSize());
      Evaluation evaluation = new Evaluation(session.network().classes());
      probe.run(probe.all(), evaluation, (done, total) -> {});
      return evaluation;
    }
  }

  private double trainEpoch(int epoch, Images images, TrainingListener listener) {
    int[] order = ImageOrder.shuffled(images.count(), config.seed(), epoch);
    int batchSize = config.batchSize();
    BatchArrays arrays = new BatchArrays();
    int batches = (order.length + batchSize - 1) / batchSize;
    double lossSum = 0;
    for (int b = 0; b < batches; b++) {
      int from = b * batchSize;
      int to = Math.min(from + batchSize, order.length);
      float loss = step(arrays, Batch.of(images, order, from, to - from));
      if (!Float.isFinite(loss)) {
        throw diverged(loss, "batch %d of epoch %d".formatted(b + 1, epoch));
      }
      lossSum += (double) loss * (to - from);
      listener.onBatch(epoch, b + 1, batches, loss);
    }
    return lossSum / order.length;
  }

  private UserException diverged(double loss, String where) {
    return new UserException(
        Settings.named(
                "the loss is %s in %s: training has diverged and stops, earlier checkpoints stay; try a smaller {learningRate} than %s")
            .formatted(loss, where, config.learningRate()));
  }

  /** One forward and backward pass and one update; returns the batch's mean loss. */
  private float step(BatchArrays arrays, Batch batch) {
    // Every array of the step belongs to this manager, and is freed with it: libtorch's memory is
    // outside the Java heap, where no garbage collector looks.
    try (NDManager scope = manager.newSubManager()) {
      NDArray inputs = arrays.images(scope, batch);
      NDArray labels = arrays.labels(scope, batch);
      NDArray loss;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray logits = classifier.logits(inputs);
        loss = crossEntropy.evaluate(new NDList(labels), new NDList(logits));
        collector.backward(loss);
      }
      optimizer.step();
      return loss.getFloat();
    }
  }
}
