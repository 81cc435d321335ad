package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.fmviz.ChannelsFixture;
import io.fmviz.analysis.ChannelStatistics;
import io.fmviz.model.Classifier;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ChannelPassTest {
  private static final int CLASSES = 4;

  @Test
  void findsWhatPyTorchFindsInEveryLayer() {
    Map<String, float[]> weights = ChannelsFixture.weights("weights.");
    try (NDManager manager = NDManager.newBaseManager();
        Classifier classifier =
            new Classifier(manager, ChannelsFixture.WIDTHS, (name, shape) -> weights.get(name))) {
      Map<String, ChannelStatistics> statistics =
          ChannelPass.run(
              classifier,
              manager,
              ChannelsFixture.images(),
              MapLayers.of(classifier.block()),
              new Silence());
      assertThat(statistics).hasSize(9);
      statistics.forEach(
          (layer, s) -> {
            compare(layer + ".max", s.maximum());
            compare(layer + ".min", s.minimum());
            compare(layer + ".mean", s.mean());
            compare(layer + ".imageShare", s.imageShare());
            compare(layer + ".pixelShare", s.pixelShare());
            compare(layer + ".classImageShare", firstClasses(s.classImageShare()));
            compare(layer + ".classPixelShare", firstClasses(s.classPixelShare()));
          });
      assertThat(statistics.get("ReLU_1").dead()).containsExactly(1);
      assertThat(statistics.get("Conv2d_2").dead()).containsExactly(0, 2);
      assertThat(statistics.get("ReLU_3").dead())
          .isEqualTo(statistics.get("Conv2d_3").dead())
          .containsExactly(0, 3, 6, 7);
    }
  }

  private static void compare(String name, double[] values) {
    float[] expected = ChannelsFixture.floats("stats." + name);
    assertThat(values).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < values.length; i++) {
      assertThat((float) values[i]).as(name).isCloseTo(expected[i], Offset.offset(1e-5f));
    }
  }

  /** The dataset has ten classes, the fixture four of them. */
  private static double[] firstClasses(double[][] shares) {
    double[] first = new double[shares.length * CLASSES];
    for (int channel = 0; channel < shares.length; channel++) {
      System.arraycopy(shares[channel], 0, first, channel * CLASSES, CLASSES);
      assertThat(shares[channel][CLASSES]).isNaN();
    }
    return first;
  }
}
