package io.fmviz.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.TorchFixture;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelReductionTest {
  @ParameterizedTest
  @ValueSource(strings = {"net.0", "net.3", "net.6"})
  void reducesAsPyTorchDoes(String layer) {
    long[] shape = TorchFixture.shape("before." + layer + ".weight");
    float[] weight = TorchFixture.floats("before." + layer + ".weight");
    int out = (int) shape[0];
    int in = (int) shape[1];
    assertThat(KernelReduction.MEAN.apply(weight, out, in, 9))
        .containsExactly(TorchFixture.floats("mean." + layer), Offset.offset(1e-7f));
    assertThat(KernelReduction.MAX_ABS.apply(weight, out, in, 9))
        .isEqualTo(TorchFixture.floats("max-abs." + layer));
  }

  @Test
  void keepsTheSignOfTheLargestAndTheFirstOfEquals() {
    float[] weight = {1, -2, 0, 0.5f, 1, 2, -3, 0};
    assertThat(KernelReduction.MAX_ABS.apply(weight, 1, 4, 2)).containsExactly(-3, -2);
    assertThat(KernelReduction.MEAN.apply(weight, 1, 4, 2)).containsExactly(-0.25f, 0.125f);
  }

  @Test
  void hasNoLargestWhereOneIsNoNumber() {
    float[] weight = {1, Float.NaN, 0, -5, Float.NaN, 2};
    assertThat(KernelReduction.MAX_ABS.apply(weight, 1, 3, 2))
        .containsExactly(Float.NaN, Float.NaN);
  }
}
