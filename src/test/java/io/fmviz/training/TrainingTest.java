package io.fmviz.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.fmviz.TorchFixture;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.network.Batch;
import io.fmviz.network.torch.BatchArrays;
import io.fmviz.network.torch.Classifier;
import io.fmviz.network.torch.TorchInitialization;
import io.fmviz.network.torch.WeightSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TrainingTest {
  private final List<Float> losses = new ArrayList<>();
  private final List<EpochResult> results = new ArrayList<>();
  private final TrainingListener recorder =
      new TrainingListener() {
        @Override
        public void onBatch(int epoch, int batch, int batches, float loss) {
          losses.add(loss);
        }

        @Override
        public void onEpoch(EpochResult result) {
          results.add(result);
        }
      };

  private Map<String, float[]> train(
      WeightSource weights, TrainingConfig config, LabeledImages images) {
    losses.clear();
    results.clear();
    try (NDManager manager = NDManager.newBaseManager();
        Classifier classifier = new Classifier(manager, TorchFixture.WIDTHS, weights)) {
      new Training(classifier, manager, config).run(images, images, recorder);
      return classifier.weights();
    }
  }

  /**
   * Undoes the shuffling: the images in the order that makes the epoch take them as PyTorch did.
   */
  private static LabeledImages inOrderOfEpoch(LabeledImages images, long seed) {
    int[] order = ImageOrder.shuffled(images.count(), seed, 0);
    byte[] pixels = new byte[images.count() * 784];
    byte[] labels = new byte[images.count()];
    for (int i = 0; i < order.length; i++) {
      labels[order[i]] = (byte) images.label(i);
      for (int p = 0; p < 784; p++) {
        pixels[order[i] * 784 + p] = (byte) images.picture(i).value(p / 28, p % 28, 0);
      }
    }
    return LabeledImages.ofTen(pixels, labels, 28, 28);
  }

  @Test
  void stepsAsPyTorchDoes() {
    TrainingConfig config = new TrainingConfig(1, 0.01f, 4, 5, 3);
    Map<String, float[]> after =
        train(TorchFixture.weights("before."), config, inOrderOfEpoch(TorchFixture.images(), 3));
    float[] expected = TorchFixture.floats("losses");
    assertThat(losses).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(losses.get(i)).isCloseTo(expected[i], within(1e-5f));
    }
    after.forEach(
        (name, values) ->
            assertThat(values)
                .as(name)
                .containsExactly(TorchFixture.floats("after." + name), Offset.offset(1e-5f)));
    assertThat(results.get(0).meanLoss())
        .isCloseTo((expected[0] + expected[1] + expected[2]) / 3.0, within(1e-5));
  }

  @Test
  void repeatsItselfToTheBitForASeed() {
    TrainingConfig config = new TrainingConfig(2, 0.01f, 4, 12, 8);
    Map<String, float[]> first = train(new TorchInitialization(8), config, TorchFixture.images());
    List<Float> firstLosses = List.copyOf(losses);
    Map<String, float[]> second = train(new TorchInitialization(8), config, TorchFixture.images());
    assertThat(losses).isEqualTo(firstLosses);
    first.forEach((name, values) -> assertThat(second.get(name)).isEqualTo(values));
    assertThat(results).extracting(EpochResult::epoch).containsExactly(0, 1);
  }

  @Test
  void updatesAsDjlsOwnAdamDoesToTheBit() {
    TrainingConfig config = new TrainingConfig(1, 0.01f, 4, 12, 8);
    LabeledImages images = TorchFixture.images();
    Map<String, float[]> ours = train(new TorchInitialization(8), config, images);
    Optimizer djls = Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.01f)).build();
    int[] order = ImageOrder.shuffled(12, 8, 0);
    BatchArrays arrays = new BatchArrays();
    try (NDManager manager = NDManager.newBaseManager();
        Classifier classifier =
            new Classifier(manager, TorchFixture.WIDTHS, new TorchInitialization(8))) {
      for (int from = 0; from < 12; from += 4) {
        Batch batch = Batch.of(images, order, from, 4);
        try (NDManager scope = manager.newSubManager();
            GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          NDArray logits = classifier.logits(arrays.images(scope, batch));
          NDArray labels = arrays.labels(scope, batch);
          collector.backward(
              Loss.softmaxCrossEntropyLoss().evaluate(new NDList(labels), new NDList(logits)));
        }
        classifier
            .parameters()
            .forEach((name, p) -> djls.update(name, p.getArray(), p.getArray().getGradient()));
      }
      classifier.weights().forEach((name, values) -> assertThat(ours.get(name)).isEqualTo(values));
    }
  }

  @Test
  void goesOnToTheBitFromWeightsAndOptimizerState() {
    LabeledImages images = TorchFixture.images();
    Map<String, float[]> straight =
        train(new TorchInitialization(8), new TrainingConfig(3, 0.01f, 5, 12, 8), images);
    try (NDManager manager = NDManager.newBaseManager();
        Classifier first =
            new Classifier(manager, TorchFixture.WIDTHS, new TorchInitialization(8))) {
      Training training = new Training(first, manager, new TrainingConfig(1, 0.01f, 5, 12, 8));
      training.run(images, images, recorder);
      Map<String, float[]> weights = first.weights();
      assertThat(training.optimizerState().step()).isEqualTo(3);
      try (Classifier second =
          new Classifier(manager, TorchFixture.WIDTHS, (name, shape) -> weights.get(name))) {
        Training resumed = new Training(second, manager, new TrainingConfig(3, 0.01f, 5, 12, 8));
        resumed.resume(1, training.optimizerState());
        resumed.run(images, images, recorder);
        second.weights().forEach((name, v) -> assertThat(v).isEqualTo(straight.get(name)));
        assertThat(resumed.optimizerState().step()).isEqualTo(9);
      }
    }
  }

  @Test
  void stopsWhenTheLossIsNoNumber() {
    WeightSource broken =
        (name, shape) -> {
          float[] values = TorchFixture.floats("before." + name).clone();
          values[0] = name.equals("fc.bias") ? Float.NaN : values[0];
          return values;
        };
    assertThatThrownBy(
            () -> train(broken, new TrainingConfig(1, 0.01f, 4, 12, 8), TorchFixture.images()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the loss is NaN in batch 1 of epoch 0: training has diverged and stops, earlier"
                + Settings.named(" checkpoints stay; try a smaller {learningRate} than 0.01"));
    assertThat(results).isEmpty();
  }

  @Test
  void takesALastBatchThatIsSmaller() {
    train(new TorchInitialization(1), new TrainingConfig(1, 0.01f, 5, 7, 1), TorchFixture.images());
    assertThat(losses).hasSize(3);
  }

  @Test
  void shufflesAfreshEachEpoch() {
    int[] first = ImageOrder.shuffled(100, 4, 0);
    assertThat(first).isEqualTo(ImageOrder.shuffled(100, 4, 0));
    assertThat(first).isNotEqualTo(ImageOrder.shuffled(100, 4, 1));
    assertThat(first).isNotEqualTo(ImageOrder.shuffled(100, 5, 0));
    assertThat(Arrays.stream(first).sorted().toArray())
        .isEqualTo(IntStream.range(0, 100).toArray());
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new TrainingConfig(0, 0.1f, 1, 1, 0))
        .hasMessage(Settings.named("{epochs} must be at least 1, not 0"));
    assertThatThrownBy(() -> new TrainingConfig(1, Float.NaN, 1, 1, 0))
        .hasMessage(Settings.named("{learningRate} must be more than 0 and at most 10, not NaN"));
    assertThatThrownBy(() -> new TrainingConfig(1, 0.1f, 0, 1, 0))
        .hasMessage(Settings.named("{batchSize} must be from 1 to 65536, not 0"));
    assertThatThrownBy(() -> new TrainingConfig(1, 0.1f, 1, -4, 0))
        .hasMessage(Settings.named("{testBatchSize} must be from 1 to 65536, not -4"));
  }
}
