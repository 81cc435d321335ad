package io.fmviz.network.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import io.fmviz.base.Threads;
import io.fmviz.runtime.Torch;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {
  @Test
  void keepNothingForGradientsNorDoesTheThreadThatStartsTheEngine() {
    Torch.start("cpu", 2);
    assertThat(JniUtils.isGradMode()).isFalse();
    assertThat(inBoth(JniUtils::isGradMode)).containsExactly(false, false);
  }

  @Test
  void haveHalfOfTheThreadsEach() {
    Torch.start("cpu", 2);
    assertThat(Torch.threads()).isEqualTo(2);
    assertThat(inBoth(Torch::threads)).containsExactly(1, 1);
  }

  private static <T> List<T> inBoth(Supplier<T> work) {
    try (Lanes lanes = new Lanes(Device.cpu())) {
      return IntStream.range(0, 2)
          .mapToObj(lane -> Threads.result(lanes.submit(lane, arrays -> work.get())))
          .toList();
    }
  }
}
