package io.fmviz.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.model.Classifier;
import java.util.Map;

/**
 * Trains a classifier with cross-entropy and Adam, in batches that are drawn afresh each epoch.
 *
 * <p>Adam is Kingma and Ba's (arXiv:1412.6980) in the order of computation at the end of their
 * section 2, as DJL has it: epsilon, 1e-8, is added before the second moment's bias is corrected.
 * {@code torch.optim.Adam} adds it afterwards, which differs where gradients are around 1e-7.
 *
 * <p>A plain loop over one device. DJL's {@code EasyTrain} would also do; but its listeners and
 * metrics cost native calls per batch, and the loss is wanted batch by batch.
 */
public final class Training {
  private final Classifier classifier;
  private final NDManager manager;
  private final TrainingConfig config;
  private final Optimizer optimizer;
  private final Loss crossEntropy = Loss.softmaxCrossEntropyLoss();

  /** Prepares to train a classifier, on the device of the manager. */
  public Training(Classifier classifier, NDManager manager, TrainingConfig config) {
    this.classifier = classifier;
    this.manager = manager;
    this.config = config;
    this.optimizer =
        Optimizer.adam().optLearningRateTracker(Tracker.fixed(config.learningRate())).build();
  }

  /** Trains and tests, epoch after epoch. */
  public void run(LabeledImages train, LabeledImages test, TrainingListener listener) {
    for (int epoch = 0; epoch < config.epochs(); epoch++) {
      long start = System.nanoTime();
      double meanLoss = trainEpoch(epoch, train, listener);
      long trained = System.nanoTime();
      Evaluation evaluation = Evaluator.evaluate(classifier, manager, test, config.testBatchSize());
      long tested = System.nanoTime();
      listener.onEpoch(
          new EpochResult(
              epoch, meanLoss, (trained - start) / 1e9, (tested - trained) / 1e9, evaluation));
    }
  }

  private double trainEpoch(int epoch, LabeledImages images, TrainingListener listener) {
    int[] order = ImageOrder.shuffled(images.count(), config.seed(), epoch);
    int batchSize = config.batchSize();
    int batches = (order.length + batchSize - 1) / batchSize;
    double lossSum = 0;
    for (int b = 0; b < batches; b++) {
      int from = b * batchSize;
      int to = Math.min(from + batchSize, order.length);
      float loss = step(images, order, from, to);
      lossSum += (double) loss * (to - from);
      listener.onBatch(epoch, b + 1, batches, loss);
    }
    return lossSum / order.length;
  }

  /** One forward and backward pass and one update; returns the batch's mean loss. */
  private float step(LabeledImages images, int[] order, int from, int to) {
    // Every array of the step belongs to this manager, and is freed with it: libtorch's memory is
    // outside the Java heap, where no garbage collector looks.
    try (NDManager batch = manager.newSubManager()) {
      NDArray inputs = Batches.images(batch, images, order, from, to);
      NDArray labels = Batches.labels(batch, images, order, from, to);
      NDArray loss;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray logits = classifier.logits(inputs, true);
        loss = crossEntropy.evaluate(new NDList(labels), new NDList(logits));
        collector.backward(loss);
      }
      for (Map.Entry<String, Parameter> entry : classifier.parameters().entrySet()) {
        NDArray weight = entry.getValue().getArray();
        // The update also sets the gradient to zero.
        try (NDArray gradient = weight.getGradient()) {
          optimizer.update(entry.getKey(), weight, gradient);
        }
      }
      return loss.getFloat();
    }
  }
}
