package io.fmviz.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fmviz.TorchFixture;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.Logits;
import io.fmviz.network.Scores;
import io.fmviz.network.Session;
import io.fmviz.probe.Probe;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  @Test
  void evaluatesAsPyTorchDoes() {
    LabeledImages images = TorchFixture.images();
    try (Session session = TorchFixture.network("before.").start(Compute.onCpu(2))) {
      Evaluation whole = evaluate(session, images, 12);
      Evaluation batched = evaluate(session, images, 5);
      assertThat(whole.meanLoss())
          .isCloseTo(TorchFixture.floats("mean_loss")[0], within(1e-5))
          .isCloseTo(batched.meanLoss(), within(1e-6));
      assertThat(batched.confusion()).isEqualTo(whole.confusion());
      float[] logits = TorchFixture.floats("logits");
      int correct = 0;
      for (int i = 0; i < 12; i++) {
        int predicted = Logits.predicted(logits, 10 * i, 10);
        correct += predicted == images.label(i) ? 1 : 0;
        assertThat(whole.confusion()[images.label(i)][predicted]).isPositive();
      }
      assertThat(whole.correct()).isEqualTo(correct);
      assertThat(Arrays.stream(whole.confusion()).flatMapToLong(Arrays::stream).sum())
          .isEqualTo(whole.total())
          .isEqualTo(12);
    }
  }

  /** Images of classes 0, 3 and 3, and one that nobody knows. */
  private static Evaluation ofThree(int classes, float[]... logits) {
    int[] labels = {0, 3, 3, Images.NO_LABEL};
    List<String> names = Collections.nCopies(classes, "x");
    LabeledImages images = new LabeledImages(new byte[4], labels, names, 1, 1);
    Evaluation evaluation = new Evaluation(classes);
    for (int i = 0; i < logits.length; i++) {
      float[] padded = Arrays.copyOf(logits[i], classes);
      evaluation.logits(Batch.of(images, new int[] {i}, 0, 1), padded);
    }
    return evaluation;
  }

  @Test
  void countsTheFiveLargestOfEqualsTheFirstAndNothingOfNaN() {
    float[] equal = {1, 1, 1, 1, 1, 1};
    float[] sixth = {6, 5, 4, 0, 3, 2};
    float[] nan = {1, 1, 1, 9, 1, Float.NaN};
    assertThat(ofThree(6, equal, equal).correctTop()).isEqualTo(2);
    assertThat(ofThree(6, equal, sixth).correctTop()).isEqualTo(1);
    Evaluation broken = ofThree(6, equal, nan, sixth, equal);
    assertThat(broken.correctTop()).isEqualTo(1);
    assertThat(broken.total()).isEqualTo(3);
    assertThat(broken.notNumbers()).isEqualTo(1);
    assertThat(ofThree(5, equal).correctTop()).isNull();
  }

  @Test
  void listsWhatIsTakenForSomethingElseWhereThereAreTooManyClassesForAMatrix() {
    float[] first = {2, 1};
    Evaluation evaluation = ofThree(21_000, first, first, first);
    assertThat(evaluation.confusion()).isNull();
    assertThat(evaluation.confusedPairs(20, List.of("cat")))
        .containsExactly(new ConfusedPair(3, null, 0, "cat", 2));
    assertThat(evaluation.confusedPairs(0, List.of())).isEmpty();
    assertThat(evaluation.correct()).isEqualTo(1);
  }

  @Test
  void labelsAreRightWhereTheImagesOwnHoldsAndOthersAreCounted() {
    LabeledImages images =
        new LabeledImages(new byte[2], new int[] {0, 1}, List.of("a", "b", "c"), 1, 1);
    Evaluation evaluation = new Evaluation(3, Scores.LABEL_PROBABILITIES);
    float[] all = {0.75f, 0.5f, 0.25f};
    evaluation.logits(Batch.of(images, new int[] {0}, 0, 1), all);
    evaluation.logits(Batch.of(images, new int[] {1}, 0, 1), new float[] {0.75f, 0.25f, 0.125f});
    assertThat(evaluation.correct()).isEqualTo(1);
    assertThat(evaluation.others()).isEqualTo(2);
    assertThat(evaluation.confusion())
        .isDeepEqualTo(new long[][] {{1, 1, 0}, {1, 0, 0}, {0, 0, 0}});
    // -(ln 0.75 + ln 0.5 + ln 0.75) / 3 of the first, PyTorch's binary_cross_entropy of the other.
    assertThat(evaluation.meanLoss())
        .isCloseTo((0.4228371084878357 + 0.968706704954768) / 2, within(1e-12));
    assertThat(new Evaluation(3).others()).isNull();
  }

  private static Evaluation evaluate(Session session, LabeledImages images, int batchSize) {
    Probe probe = Probe.ofSize(session, images, batchSize);
    Evaluation evaluation = new Evaluation(10);
    probe.run(probe.all(), evaluation, (done, total) -> {});
    return evaluation;
  }
}
