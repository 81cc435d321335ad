package io.fmviz.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.fuzz.FuzzedFile;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Damaged models are taken or refused in one line, whatever the damage. */
class OnnxDamageTest {
  private final FuzzedFile file = new FuzzedFile("x.onnx");
  private final byte[] good = OnnxFixture.bytes("folded");

  @Test
  void aFileCutAnywhereIsRefused() {
    for (int length = 0; length < good.length; length += 7) {
      assertThat(file.parse(Arrays.copyOf(good, length), OnnxModel::read)).isEmpty();
    }
  }

  @Test
  void aFlippedBitIsNoticedOrHarmless() {
    for (int i = 0; i < good.length; i += 41) {
      byte[] damaged = good.clone();
      damaged[i] ^= (byte) (1 << i % 8);
      OnnxFuzzer.run(damaged);
    }
  }
}
