package io.fmviz.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fmviz.TorchFixture;
import io.fmviz.dataset.LabeledImages;
import io.fmviz.network.Compute;
import io.fmviz.network.Logits;
import io.fmviz.network.Session;
import io.fmviz.probe.Probe;
import java.util.Arrays;
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

  private static Evaluation evaluate(Session session, LabeledImages images, int batchSize) {
    Probe probe = Probe.ofSize(session, images, batchSize);
    Evaluation evaluation = new Evaluation(images, 10);
    probe.run(probe.all(), evaluation, (done, total) -> {});
    return evaluation;
  }
}
