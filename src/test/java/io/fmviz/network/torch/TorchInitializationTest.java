package io.fmviz.network.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TorchInitializationTest {
  private static float maximum(float[] values) {
    float maximum = 0;
    for (float value : values) {
      maximum = Math.max(maximum, Math.abs(value));
    }
    return maximum;
  }

  @Test
  void drawsAConvolutionsWeightAndBiasWithinTheBoundOfItsFanIn() {
    TorchInitialization init = new TorchInitialization(1);
    float bound = (float) (1 / Math.sqrt(32 * 9));
    float[] weight = init.values("net.3.weight", new long[] {64, 32, 3, 3});
    float[] bias = init.values("net.3.bias", new long[] {64});
    assertThat(weight).hasSize(64 * 32 * 9);
    assertThat(maximum(weight)).isLessThanOrEqualTo(bound).isCloseTo(bound, within(1e-4f));
    assertThat(bias).hasSize(64);
    assertThat(maximum(bias)).isLessThanOrEqualTo(bound).isGreaterThan(0.8f * bound);
  }

  @Test
  void drawsALinearLayersWithinTheBoundOfItsInputs() {
    TorchInitialization init = new TorchInitialization(1);
    float[] weight = init.values("fc.weight", new long[] {10, 128});
    float bound = (float) (1 / Math.sqrt(128));
    assertThat(maximum(weight)).isLessThanOrEqualTo(bound).isGreaterThan(0.99f * bound);
  }

  @Test
  void drawsUniformly() {
    float[] weight = new TorchInitialization(3).values("w", new long[] {1000, 100});
    double mean = 0;
    double square = 0;
    for (float value : weight) {
      mean += value / weight.length;
      square += (double) value * value / weight.length;
    }
    // U(-b, b) with b = 0.1: mean 0, variance b * b / 3.
    assertThat(mean).isCloseTo(0, within(1e-3));
    assertThat(square).isCloseTo(0.01 / 3, within(2e-5));
  }

  @Test
  void repeatsItselfForASeed() {
    long[] shape = {10, 10};
    assertThat(new TorchInitialization(5).values("w", shape))
        .isEqualTo(new TorchInitialization(5).values("w", shape))
        .isNotEqualTo(new TorchInitialization(6).values("w", shape));
  }
}
